package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.answerprint.metrics.Interval;
import org.answerprint.metrics.Wilson;

/** What people preferred in studies: of each question and rival, how many were for the headline variant. */
public final class Preferences {

  /**
   * One line.
   *
   * @param forHeadline votes for the headline variant
   * @param forRival votes for the other
   * @param forNone votes that neither is acceptable
   */
  private record Line(Question question, String rival, int forHeadline, int forRival, int forNone) {

    int all() {
      return forHeadline + forRival + forNone;
    }

    Interval share() {
      return Wilson.of(forHeadline, all());
    }
  }

  private final List<Line> lines;

  private Preferences(List<Line> lines) {
    this.lines = lines;
  }

  static Preferences of(List<Votes.Vote> votes) {
    List<Line> lines = new ArrayList<>();
    List<String> rivals = votes.stream().map(vote -> vote.pair().rival()).distinct().sorted().toList();
    for (Question question : Question.values()) {
      for (String rival : rivals) {
        List<Votes.Vote> some = votes.stream().filter(vote -> vote.question() == question && vote.pair().rival().equals(rival)).toList();
        if (!some.isEmpty()) {
          lines.add(new Line(question, rival, preferring(some, Variant.HEADLINE), preferring(some, rival),
              (int) some.stream().filter(vote -> vote.preferred().isEmpty()).count()));
        }
      }
    }
    return new Preferences(lines);
  }

  private static int preferring(List<Votes.Vote> votes, String variant) {
    return (int) votes.stream().filter(vote -> vote.preferred().filter(variant::equals).isPresent()).count();
  }

  /** As JSON, one object for each question and rival. */
  public ArrayNode json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Line line : lines) {
      all.addObject().put("question", line.question().key()).put("against", line.rival()).put("preferred", line.forHeadline())
          .put("rival", line.forRival()).put("noneAcceptable", line.forNone()).put("share", line.share().estimate())
          .putArray("interval").add(line.share().lower()).add(line.share().upper());
    }
    return all;
  }

  /** As text for people. */
  public String text() {
    return lines.stream().map(line -> String.format(Locale.ROOT, "%s preferred by %.2f (%.2f–%.2f) of %d against %s, none acceptable %d: %s%n",
        Variant.HEADLINE, line.share().estimate(), line.share().lower(), line.share().upper(), line.all(), line.rival(), line.forNone(),
        line.question().words())).collect(Collectors.joining());
  }
}
