package org.answerprint.metrics;

/**
 * Where a point of the world is in each frame of a clip. Arrays are not copied; nobody writes to them.
 *
 * @param x column in each frame, the middle of the first pixel being 0; NaN, with y, where the point is hidden or lost
 * @param y row in each frame
 */
public record Track(float[] x, float[] y) {

  /** @throws IllegalArgumentException where columns and rows are not equally many */
  public Track {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException("a track of %d columns and %d rows".formatted(x.length, y.length));
    }
  }

  /** The number of frames. */
  public int frames() {
    return x.length;
  }

  /** Whether the point is seen in a frame. */
  public boolean isSeen(int frame) {
    return !Float.isNaN(x[frame]);
  }

  /**
   * The same at fewer moments, evenly spread from the first frame to the last: so that a long film's steps are long enough to have a
   * direction. As it is where it has no more steps.
   */
  public Track inSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("a track cannot have " + steps + " steps");
    }
    if (steps >= frames() - 1) {
      return this;
    }
    float[] columns = new float[steps + 1];
    float[] rows = new float[steps + 1];
    for (int i = 0; i <= steps; i++) {
      int frame = (int) Math.round((double) i * (frames() - 1) / steps);
      columns[i] = x[frame];
      rows[i] = y[frame];
    }
    return new Track(columns, rows);
  }

  /** Whether the point is seen in a frame and in the next. */
  boolean hasStep(int frame) {
    return isSeen(frame) && isSeen(frame + 1);
  }
}
