package org.answerprint.shots;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.answerprint.frames.RawFrame;

/**
 * Precision, recall and F1 of the detector on labelled films, per kind of change, and its speed. Arguments: first seed,
 * number of films. A hard cut counts on the exact frame only; a gradual change where the found one overlaps it.
 */
final class ShotBenchmark {

  static final Cut[] ALL = {Cut.HARD, Cut.HARD, Cut.DISSOLVE, Cut.FADE, Cut.WIPE};

  /** What was found in some films, against what was there. */
  static final class Score {
    final Map<Cut, int[]> found = new EnumMap<>(Cut.class);
    final Map<Cut, Integer> falsely = new EnumMap<>(Cut.class);
    final Map<Scene.Disturbance, Integer> lures = new EnumMap<>(Scene.Disturbance.class);
    double overlap;
    int gradual;
    int named;
    long frames;
    long nanos;

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
      return 2.0 * hits() / (truths() + hits() + falseOnes());
    }

    int[] of(Cut cut) {
      return found.computeIfAbsent(cut, c -> new int[2]);
    }
  }

  private ShotBenchmark() {}

  public static void main(String[] arguments) {
    long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1000;
    int films = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
    boolean verbose = arguments.length > 2;
    Score score = new Score();
    for (long seed = first; seed < first + films; seed++) {
      score(new SyntheticFilm(seed, 10, true, ALL), score, verbose ? "film " + seed : "");
    }
    score.found.forEach((cut, n) -> System.out.printf("%-9s found %4d of %4d, recall %.3f, false %d%n",
        cut, n[0], n[1], (double) n[0] / n[1], score.falsely.getOrDefault(cut, 0)));
    System.out.printf("precision %.3f recall %.3f F1 %.3f; overlap of gradual ones %.2f; kind right %d of %d; "
            + "false by disturbance %s%n",
        (double) score.hits() / (score.hits() + score.falseOnes()), (double) score.hits() / score.truths(), score.f1(),
        score.overlap / Math.max(1, score.gradual), score.named, score.hits(), score.lures);
    System.out.printf("%d frames, %.3f ms per frame%n", score.frames, score.nanos / 1e6 / score.frames);
  }

  static List<DetectedShot> detect(SyntheticFilm film, Score score) {
    List<DetectedShot> shots = new ArrayList<>();
    ShotDetector detector = new ShotDetector(SyntheticFilm.TICKS, ShotOptions.defaults(), shots::add);
    List<RawFrame> frames = new ArrayList<>();
    film.play(frames::add);
    long start = System.nanoTime();
    frames.forEach(detector::put);
    detector.finish();
    score.nanos += System.nanoTime() - start;
    score.frames += frames.size();
    return shots;
  }

  static void score(SyntheticFilm film, Score score, String label) {
    List<DetectedShot> shots = detect(film, score);
    boolean[] used = new boolean[shots.size()];
    for (SyntheticFilm.Change truth : film.changes()) {
      score.of(truth.cut())[1]++;
      int hit = match(truth, shots, used);
      if (hit > 0) {
        used[hit] = true;
        score.of(truth.cut())[0]++;
        score.named += shots.get(hit).cut() == truth.cut() ? 1 : 0;
        if (truth.end() > truth.start()) {
          score.gradual++;
          score.overlap += overlap(truth, shots.get(hit));
        }
      } else if (!label.isEmpty()) {
        System.out.println(label + " missed " + truth);
      }
    }
    for (int i = 1; i < shots.size(); i++) {
      if (!used[i]) {
        score.falsely.merge(shots.get(i).cut(), 1, Integer::sum);
        score.lures.merge(film.disturbanceAt(shots.get(i).start()), 1, Integer::sum);
        if (!label.isEmpty()) {
          System.out.println(label + " false " + shots.get(i) + " in " + film.disturbanceAt(shots.get(i).start()));
        }
      }
    }
  }

  private static int match(SyntheticFilm.Change truth, List<DetectedShot> shots, boolean[] used) {
    for (int i = 1; i < shots.size(); i++) {
      int start = shots.get(i).start() - shots.get(i).gapBefore();
      int end = shots.get(i).start();
      boolean hard = truth.start() == truth.end();
      boolean hit = hard ? start == end && start == truth.start()
          : start == end ? start > truth.start() && start < truth.end() : start < truth.end() && end > truth.start();
      if (hit && !used[i]) {
        return i;
      }
    }
    return 0;
  }

  private static double overlap(SyntheticFilm.Change truth, DetectedShot shot) {
    int start = shot.start() - shot.gapBefore();
    int common = Math.max(0, Math.min(truth.end(), shot.start()) - Math.max(truth.start(), start));
    return (double) common / (Math.max(truth.end(), shot.start()) - Math.min(truth.start(), start));
  }
}
