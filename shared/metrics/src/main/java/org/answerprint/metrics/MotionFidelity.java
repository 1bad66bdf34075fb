package org.answerprint.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far an edited clip moves as its source does, by tracks of points (after Space-Time Diffusion Features, 2024). Two tracks
 * correlate by the mean, over the steps that both have, of the cosine of their displacements: 1 where both stand still, 0 where one
 * does. Values lie between -1 and 1.
 *
 * <p>The public script of that paper compares the edited tracks with the source's alone, and never a track with that of its own
 * index; here both directions count, and every pair.
 *
 * @param stillBelow displacements shorter than this, in pixels a step, count as none. 0 for tracks that are exact; tracks of an
 *     estimated flow tremble, and their trembling has no direction that means anything
 */
public record MotionFidelity(double stillBelow) {

  /** For tracks of exact motion. */
  public static final MotionFidelity EXACT = new MotionFidelity(0);

  /** For tracks that were estimated. */
  public static final MotionFidelity ESTIMATED = new MotionFidelity(0.25);

  /** @throws IllegalArgumentException for what is no length */
  public MotionFidelity {
    if (!(stillBelow >= 0)) {
      throw new IllegalArgumentException("a displacement cannot be shorter than " + stillBelow);
    }
  }

  /**
   * The mean over edited tracks of the best correlation with any source track, and the same the other way round, halved: for clips
   * of which nobody knows what point is what. 0 where every track of the edited clip was lost at once.
   *
   * @return empty where the source has no track with a step
   */
  public OptionalDouble unpaired(List<Track> edited, List<Track> source) {
    List<Track> moved = withSteps(edited);
    List<Track> wanted = withSteps(source);
    if (wanted.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(moved.isEmpty() ? 0 : (meanOfBest(moved, wanted) + meanOfBest(wanted, moved)) / 2);
  }

  /**
   * The mean correlation of tracks that begin at the same points: for a source whose motion is known. A track that the edited clip
   * has lost at once, or while the source's was hidden, counts 0.
   *
   * @return empty where the source has no track with a step
   * @throws IllegalArgumentException where they are not equally many
   */
  public OptionalDouble paired(List<Track> edited, List<Track> source) {
    if (edited.size() != source.size()) {
      throw new IllegalArgumentException("%d tracks cannot be paired with %d".formatted(edited.size(), source.size()));
    }
    double sum = 0;
    int count = 0;
    for (int i = 0; i < source.size(); i++) {
      if (!withSteps(List.of(source.get(i))).isEmpty()) {
        sum += correlation(edited.get(i), source.get(i)).orElse(0);
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private static List<Track> withSteps(List<Track> tracks) {
    List<Track> kept = new ArrayList<>();
    for (Track track : tracks) {
      for (int i = 0; i < track.frames() - 1; i++) {
        if (track.hasStep(i)) {
          kept.add(track);
          break;
        }
      }
    }
    return kept;
  }

  private double meanOfBest(List<Track> tracks, List<Track> others) {
    return tracks.stream().mapToDouble(track -> others.stream().map(other -> correlation(track, other))
        .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).max().orElse(0)).average().orElseThrow();
  }

  /** Empty where no step is seen in both. @throws IllegalArgumentException where they are of different length */
  OptionalDouble correlation(Track a, Track b) {
    if (a.frames() != b.frames()) {
      throw new IllegalArgumentException("tracks of %d and %d frames".formatted(a.frames(), b.frames()));
    }
    double sum = 0;
    int steps = 0;
    for (int i = 0; i < a.frames() - 1; i++) {
      if (a.hasStep(i) && b.hasStep(i)) {
        sum += cosine(a.x()[i + 1] - a.x()[i], a.y()[i + 1] - a.y()[i], b.x()[i + 1] - b.x()[i], b.y()[i + 1] - b.y()[i]);
        steps++;
      }
    }
    return steps == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / steps);
  }

  private double cosine(double ax, double ay, double bx, double by) {
    double a = Math.hypot(ax, ay);
    double b = Math.hypot(bx, by);
    boolean aStands = a == 0 || a < stillBelow;
    boolean bStands = b == 0 || b < stillBelow;
    if (aStands || bStands) {
      return aStands && bStands ? 1 : 0;
    }
    return (ax * bx + ay * by) / (a * b);
  }
}
