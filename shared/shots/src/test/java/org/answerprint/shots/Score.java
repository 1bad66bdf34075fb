package org.answerprint.shots;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was found in some films, against what was there. A hard cut counts on the exact frame only; a gradual change
 * where the found one is gradual too and both have at least a third of what either covers in common.
 */
final class Score {

  private static final double LEAST_COMMON = 1.0 / 3;

  final Map<Join.Form, int[]> found = new EnumMap<>(Join.Form.class);
  final Map<Cut, Integer> falsely = new EnumMap<>(Cut.class);
  final Map<Scene.Disturbance, Integer> lures = new EnumMap<>(Scene.Disturbance.class);
  private double overlap;
  private long startError;
  private long endError;
  private int gradual;
  private int named;

  int hits() {
    return found.values().stream().mapToInt(n -> n[0]).sum();
  }

  int truths() {
    return found.values().stream().mapToInt(n -> n[1]).sum();
  }

  int falseOnes() {
    return falsely.values().stream().mapToInt(n -> n).sum();
  }

  double f1() {
    return 2.0 * hits() / Math.max(1, truths() + hits() + falseOnes());
  }

  /** Mean share that a found gradual change and the true one have in common of what they cover together. */
  double overlap() {
    return overlap / Math.max(1, gradual);
  }

  /** Share of what was found that has the right kind. */
  double named() {
    return (double) named / Math.max(1, hits());
  }

  void add(SyntheticFilm film, List<DetectedShot> shots, Consumer<String> log) {
    boolean[] used = new boolean[shots.size()];
    for (SyntheticFilm.Change truth : film.changes()) {
      int[] count = found.computeIfAbsent(truth.form(), form -> new int[2]);
      count[1]++;
      int hit = match(truth, shots, used);
      if (hit > 0) {
        used[hit] = true;
        count[0]++;
        hit(truth, shots.get(hit));
      } else {
        log.accept("missed " + truth);
      }
    }
    for (int i = 1; i < shots.size(); i++) {
      if (!used[i]) {
        Scene.Disturbance lure = film.disturbanceAt(shots.get(i).start());
        falsely.merge(shots.get(i).cut(), 1, Integer::sum);
        lures.merge(lure, 1, Integer::sum);
        log.accept("false " + shots.get(i) + " in " + lure);
      }
    }
  }

  private void hit(SyntheticFilm.Change truth, DetectedShot shot) {
    named += shot.cut() == truth.cut() ? 1 : 0;
    if (truth.end() > truth.start()) {
      gradual++;
      overlap += common(truth, shot);
      startError += Math.abs(truth.start() - (shot.start() - shot.gapBefore()));
      endError += Math.abs(truth.end() - shot.start());
    }
  }

  private static int match(SyntheticFilm.Change truth, List<DetectedShot> shots, boolean[] used) {
    int best = 0;
    double most = LEAST_COMMON;
    for (int i = 1; i < shots.size(); i++) {
      DetectedShot shot = shots.get(i);
      if (used[i]) {
        continue;
      }
      if (truth.start() == truth.end() && shot.gapBefore() == 0 && shot.start() == truth.start()) {
        return i;
      }
      if (truth.end() > truth.start() && shot.gapBefore() > 0 && common(truth, shot) >= most) {
        most = common(truth, shot);
        best = i;
      }
    }
    return best;
  }

  private static double common(SyntheticFilm.Change truth, DetectedShot shot) {
    int start = shot.start() - shot.gapBefore();
    int both = Math.max(0, Math.min(truth.end(), shot.start()) - Math.max(truth.start(), start));
    return (double) both / (Math.max(truth.end(), shot.start()) - Math.min(truth.start(), start));
  }

  /** A table: recall by form, false ones by kind and by what lured, F1, and how well extents were found. */
  String table() {
    StringBuilder out = new StringBuilder();
    found.forEach((form, n) ->
        out.append(String.format(Locale.ROOT, "%-13s %4d of %4d  recall %.3f%n", form, n[0], n[1], (double) n[0] / n[1])));
    for (Cut cut : List.of(Cut.HARD, Cut.DISSOLVE, Cut.FADE, Cut.WIPE)) {
      int hits = found.entrySet().stream().filter(e -> e.getKey().cut == cut).mapToInt(e -> e.getValue()[0]).sum();
      int truths = found.entrySet().stream().filter(e -> e.getKey().cut == cut).mapToInt(e -> e.getValue()[1]).sum();
      int wrong = falsely.getOrDefault(cut, 0);
      out.append(String.format(Locale.ROOT, "%-9s precision %.3f recall %.3f F1 %.3f (%d false)%n", cut,
          (double) hits / Math.max(1, hits + wrong), (double) hits / Math.max(1, truths),
          2.0 * hits / Math.max(1, truths + hits + wrong), wrong));
    }
    out.append(String.format(Locale.ROOT, "all       precision %.3f recall %.3f F1 %.3f%n",
        (double) hits() / Math.max(1, hits() + falseOnes()), (double) hits() / Math.max(1, truths()), f1()));
    out.append(String.format(Locale.ROOT, "gradual: in common %.2f, start off by %.1f, end off by %.1f frames;"
        + " kind right %.3f%nfalse ones in shots with %s%n", overlap(), (double) startError / Math.max(1, gradual),
        (double) endError / Math.max(1, gradual), named(), lures));
    return out.toString();
  }
}
