package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.answerprint.judges.TextImageModel;
import org.answerprint.metrics.Interval;

/** What an evaluation found: a row for each variant, and the paper's orderings beside what came out. */
public final class Table {

  /** Edits of each kind that the headline variant's extension comes to. */
  static final int EXTENDED = 100;

  private static final String METHOD = "pix2video";
  private static final List<String> NOT_RUN = List.of(
      "Text2Live: it trains an atlas and a generator for each clip for hours, on other networks than those of a bundle",
      "Tune-A-Video: it trains a model of images on each clip, without depth");

  private final int edits;
  private final List<Row> rows;
  private final Optional<Row> extension;
  private final List<Ordering.Found> orderings;
  private final Protocol protocol;
  private final String digest;

  /**
   * @param set the names of the edits of which rows are made; a variant that has run others too has them in its extension
   */
  Table(Set<String> set, Scores scores, Protocol protocol, String digest) {
    this.edits = set.size();
    this.rows = scores.variants().stream().map(variant -> Row.of(variant.name(), of(set, scores.of(variant))))
        .filter(row -> row.edits() > 0).toList();
    this.extension = scores.variants().stream().filter(variant -> scores.of(variant).size() > of(set, scores.of(variant)).size())
        .map(variant -> Row.of(variant.name(), scores.of(variant))).findFirst();
    this.orderings = Ordering.ALL.stream().flatMap(ordering -> ordering.in(scores).stream()).toList();
    this.protocol = protocol;
    this.digest = digest;
  }

  private static List<Score> of(Set<String> set, List<Score> scores) {
    return scores.stream().filter(score -> set.contains(score.edit())).toList();
  }

  /** As JSON, in one object; estimates as numbers, with their intervals beside them under {@code intervals}. */
  public ObjectNode json() {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("method", METHOD).put("edits", edits).put("model", digest);
    table.putObject("protocol").put("steps", protocol.steps()).put("guidance", protocol.guidance()).put("seed", protocol.seed());
    table.put("similarity", TextImageModel.NAME);
    ObjectNode variants = table.putObject("variants");
    rows.forEach(row -> variants.set(row.variant(), json(row)));
    extension.ifPresent(row -> table.putObject("extension").set(row.variant(), json(row)));
    ArrayNode found = table.putArray("orderings");
    orderings.forEach(ordering -> found.add(json(ordering)));
    ArrayNode notRun = table.putArray("notRun");
    NOT_RUN.forEach(notRun::add);
    return table;
  }

  private static ObjectNode json(Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("edits", row.edits());
    put(node.putObject("success"), row.success());
    row.means().forEach((key, interval) -> node.put(key, interval.estimate()));
    put(node.putObject("films"), row.films());
    row.turning().ifPresent(interval -> node.put("turning", interval.estimate()));
    ObjectNode intervals = node.putObject("intervals");
    ObjectNode success = intervals.putObject("success");
    row.success().forEach((key, interval) -> bounds(success, key, interval));
    ObjectNode films = intervals.putObject("films");
    row.films().forEach((key, interval) -> bounds(films, key, interval));
    row.turning().ifPresent(interval -> bounds(intervals, "turning", interval));
    row.means().forEach((key, interval) -> bounds(intervals, key, interval));
    return node;
  }

  private static ObjectNode json(Ordering.Found found) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Ordering ordering = found.ordering();
    node.put("claim", ordering.claim()).put("better", ordering.better()).put("worse", ordering.worse())
        .put("figure", ordering.figure().key()).put("edits", found.edits()).put("difference", found.difference().estimate());
    bounds(node, "interval", found.difference());
    return node.put("outcome", found.outcome().words());
  }

  private static void put(ObjectNode node, Map<String, Interval> values) {
    values.forEach((key, interval) -> node.put(key, interval.estimate()));
  }

  private static void bounds(ObjectNode node, String key, Interval interval) {
    node.putArray(key).add(interval.lower()).add(interval.upper());
  }

  /** As text for people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append("%d edits, %d steps, guidance %s; success: the share of edits read as asked in seven of eight frames; (lower–upper) 95 %%%n"
        .formatted(edits, protocol.steps(), protocol.guidance()));
    rows.forEach(row -> lines(out, row));
    extension.ifPresent(row -> {
      out.append("%nextension to %d edits%n".formatted(row.edits()));
      lines(out, row);
    });
    out.append("%nwhat the paper says, and what came out (difference of the first less the second)%n".formatted());
    orderings.forEach(found -> out.append("  %-52s %s against %s, %s: %s %s over %d edits: %s%n".formatted(
        found.ordering().claim(), found.ordering().better(), found.ordering().worse(), found.ordering().figure().key(),
        number(found.difference().estimate()), range(found.difference()), found.edits(), found.outcome().words())));
    out.append("%nCLIP figures are of %s and can be compared with each other alone; not run: %s%n".formatted(TextImageModel.NAME, String.join("; ", NOT_RUN)));
    return out.toString();
  }

  private static void lines(StringBuilder out, Row row) {
    out.append("%n%s%n".formatted(row.variant()));
    line(out, "success", row.success());
    line(out, "films", row.films());
    row.turning().ifPresent(interval -> line(out, "turning", Map.of("objects", interval)));
    line(out, "means", row.means());
  }

  private static void line(StringBuilder out, String what, Map<String, Interval> values) {
    if (!values.isEmpty()) {
      out.append("  %-8s".formatted(what));
      values.forEach((key, interval) -> out.append("  %s %s %s".formatted(key, number(interval.estimate()), range(interval))));
      out.append(System.lineSeparator());
    }
  }

  private static String range(Interval interval) {
    return "(%s–%s)".formatted(number(interval.lower()), number(interval.upper()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.3f", value);
  }
}
