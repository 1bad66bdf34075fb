package org.answerprint.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * All scores of an evaluation, by variant, in the order in which variants were asked for, and by the names of edits, whatever the
 * order in which they come. Thread-safe.
 */
final class Scores {

  private static final SortedMap<String, Score> EMPTY = Collections.emptySortedMap();

  private final Map<Variant, SortedMap<String, Score>> all = new LinkedHashMap<>();

  Scores(List<Variant> variants) {
    variants.forEach(variant -> all.put(variant, new TreeMap<>()));
  }

  synchronized void put(Variant variant, Score score) {
    all.computeIfAbsent(variant, v -> new TreeMap<>()).put(score.edit(), score);
  }

  synchronized List<Variant> variants() {
    return all.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).map(Map.Entry::getKey).toList();
  }

  synchronized List<Score> of(Variant variant) {
    return List.copyOf(all.getOrDefault(variant, EMPTY).values());
  }

  /**
   * A figure of two variants over those edits that both have run.
   *
   * @param value empty where a score has no such figure
   * @return two arrays of one length: of the first variant, of the second
   */
  synchronized double[][] paired(String first, String second, Function<Score, Optional<Double>> value) {
    Map<String, Score> a = all.getOrDefault(Variant.named(first), EMPTY);
    Map<String, Score> b = all.getOrDefault(Variant.named(second), EMPTY);
    List<double[]> pairs = new ArrayList<>();
    a.forEach((edit, score) -> Optional.ofNullable(b.get(edit)).ifPresent(other ->
        value.apply(score).ifPresent(x -> value.apply(other).ifPresent(y -> pairs.add(new double[] {x, y})))));
    return new double[][] {column(pairs, pair -> pair[0]), column(pairs, pair -> pair[1])};
  }

  private static double[] column(List<double[]> pairs, ToDoubleFunction<double[]> which) {
    return pairs.stream().mapToDouble(which).toArray();
  }
}
