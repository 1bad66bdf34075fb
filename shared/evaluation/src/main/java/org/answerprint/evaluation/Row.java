package org.answerprint.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.answerprint.metrics.Bootstrap;
import org.answerprint.metrics.Interval;
import org.answerprint.metrics.Wilson;

/**
 * What is said of a variant. Shares are by Wilson's interval over edits, means by a bootstrap over edits; figures of which there is
 * not one are left out.
 *
 * @param success by kind of edit, the share of edits that succeed
 * @param films the share of films in whose first third, last third, and whole the edit succeeds
 * @param turning the share of those edits that succeed whose object turns
 * @param means the others, by name
 */
record Row(String variant, int edits, Map<String, Interval> success, Map<String, Interval> films, Optional<Interval> turning,
    Map<String, Interval> means) {

  private static final Bootstrap BOOTSTRAP = Bootstrap.ofSeed(7);

  static Row of(String variant, List<Score> scores) {
    Map<String, Interval> success = new LinkedHashMap<>();
    for (EditKind kind : EditKind.values()) {
      share(scores, judged -> judged.kind() == kind, judged -> Optional.of(judged.success()))
          .ifPresent(interval -> success.put(kind.key(), interval));
    }
    Map<String, Interval> films = new LinkedHashMap<>();
    share(scores, judged -> true, Judged::firstThird).ifPresent(interval -> films.put("firstThird", interval));
    share(scores, judged -> true, Judged::lastThird).ifPresent(interval -> films.put("lastThird", interval));
    share(scores, judged -> judged.firstThird().isPresent(), judged -> Optional.of(judged.success()))
        .ifPresent(interval -> films.put("whole", interval));
    Map<String, Interval> means = new LinkedHashMap<>();
    for (Figure figure : Figure.values()) {
      double[] values = scores.stream().flatMap(score -> figure.of(score).stream()).mapToDouble(Double::doubleValue).toArray();
      if (values.length > 0) {
        means.put(figure.key(), BOOTSTRAP.mean(values));
      }
    }
    return new Row(variant, scores.size(), success, films,
        share(scores, Judged::turns, judged -> Optional.of(judged.success())), means);
  }

  private static Optional<Interval> share(List<Score> scores, Predicate<Judged> which, Function<Judged, Optional<Boolean>> of) {
    List<Boolean> outcomes = scores.stream().flatMap(score -> score.judged().stream()).filter(which)
        .flatMap(judged -> of.apply(judged).stream()).toList();
    return outcomes.isEmpty() ? Optional.empty()
        : Optional.of(Wilson.of((int) outcomes.stream().filter(success -> success).count(), outcomes.size()));
  }
}
