package org.answerprint.jobs;

import java.util.Arrays;
import java.util.Objects;

/**
 * Where a shot's frames are: {@code shots/NNNN.index.json}. Frames are never copied between stages; a worker reads them
 * from the upload by these times.
 *
 * @param shot the shot and its work
 * @param pts of every frame, in ticks of the source's stream
 * @param times of every frame in the edited film's time base
 * @param keyPts of the key frames among them
 */
public record ShotIndex(PlannedShot shot, long[] pts, long[] times, long[] keyPts) {

  /** What begins with a fade or a flash has become visible by then. */
  private static final int BEHIND_A_KEY = 24;

  public ShotIndex {
    Objects.requireNonNull(shot, "shot");
    if (pts.length != shot.frames() || times.length != shot.frames()) {
      throw new IllegalArgumentException("shot " + shot.number() + " has " + shot.frames() + " frames, not " + pts.length + " and " + times.length);
    }
  }

  /** The frame that stands for the shot in pictures, from 0; see {@link #pictureFrame(long[], long[])}. */
  public int pictureFrame() {
    return pictureFrame(pts, keyPts);
  }

  /**
   * The frame that stands for a shot: its middle one, or an earlier one a little behind a key frame, since every frame
   * between that and the middle would have to be decoded for nothing.
   *
   * @param pts of the shot's frames, rising
   * @param keyPts of the key frames among them, rising
   */
  public static int pictureFrame(long[] pts, long[] keyPts) {
    int middle = pts.length / 2;
    int key = -1;
    for (long time : keyPts) {
      int frame = Arrays.binarySearch(pts, time);
      key = frame >= 0 && frame <= middle ? frame : key;
    }
    return key < 0 ? middle : Math.min(middle, key + BEHIND_A_KEY);
  }

  /** The time behind frame {@code i} in the edited film: where the next one starts. */
  public long timeAfter(int i) {
    return i + 1 < times.length ? times[i + 1] : shot.end();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShotIndex that && shot.equals(that.shot) && Arrays.equals(pts, that.pts)
        && Arrays.equals(times, that.times) && Arrays.equals(keyPts, that.keyPts);
  }

  @Override
  public int hashCode() {
    return 31 * shot.hashCode() + Arrays.hashCode(pts);
  }

  @Override
  public String toString() {
    return "ShotIndex[" + shot + "]";
  }
}
