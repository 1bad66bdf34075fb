package org.answerprint.shots;

import java.util.Objects;

/**
 * A shot, in frame numbers that count from 0 over the whole film. A gradual change belongs to neither shot: it is the
 * gap between one shot's end and the next one's start.
 *
 * @param start first frame
 * @param end one past the last frame
 * @param cut how it begins
 * @param gapBefore frames of the change between the shot before and this one; 0 for a hard cut
 * @param gapAfter frames of the change between this shot and the next; 0 for a hard cut or the film's end
 */
public record DetectedShot(int start, int end, Cut cut, int gapBefore, int gapAfter) {

  public DetectedShot {
    Objects.requireNonNull(cut, "cut");
    if (start < 0 || end <= start || gapBefore < 0 || gapBefore > start || gapAfter < 0) {
      throw new IllegalArgumentException("no shot runs from frame %d to %d with %d and %d frames of change around it"
          .formatted(start, end, gapBefore, gapAfter));
    }
  }

  /** How many frames it has. */
  public int frames() {
    return end - start;
  }

  /** The shot with its half of the changes around it, without gaps: shots tiled so cover the film, without overlap. */
  public DetectedShot tiled() {
    return new DetectedShot(start - gapBefore + gapBefore / 2, end + gapAfter / 2, cut, 0, 0);
  }
}
