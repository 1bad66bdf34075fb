package org.answerprint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** All scores of an evaluation, by variant, in the order in which variants were asked for. */
final class Scores {

  private final Map<Variant, Map<String, Score>> all = new LinkedHashMap<>();

  void put(Variant variant, Score score) {
    all.computeIfAbsent(variant, v -> new LinkedHashMap<>()).put(score.edit(), score);
  }

  List<Variant> variants() {
    return List.copyOf(all.keySet());
  }

  List<Score> of(Variant variant) {
    return List.copyOf(all.getOrDefault(variant, Map.of()).values());
  }

  /**
   * A figure of two variants over those edits that both have run.
   *
   * @param value empty where a score has no such figure
   * @return two arrays of one length: of the first variant, of the second
   */
  double[][] paired(String first, String second, Function<Score, Optional<Double>> value) {
    Map<String, Score> a = all.getOrDefault(Variant.named(first), Map.of());
    Map<String, Score> b = all.getOrDefault(Variant.named(second), Map.of());
    List<double[]> pairs = new ArrayList<>();
    a.forEach((edit, score) -> Optional.ofNullable(b.get(edit)).ifPresent(other ->
        value.apply(score).ifPresent(x -> value.apply(other).ifPresent(y -> pairs.add(new double[] {x, y})))));
    return new double[][] {column(pairs, pair -> pair[0]), column(pairs, pair -> pair[1])};
  }

  private static double[] column(List<double[]> pairs, ToDoubleFunction<double[]> which) {
    return pairs.stream().mapToDouble(which).toArray();
  }
}
