package org.answerprint.metrics;

import org.answerprint.flow.FlowField;

/**
 * The motion of a source clip from one frame back to the one before.
 *
 * @param flow where each pixel of the later frame lies in the earlier one; NaN where it cannot be known
 * @param trusted {@code [height, width]}: whether that pixel's vector is to be believed. Not copied
 */
public record MotionBack(FlowField flow, boolean[] trusted) {

  /** @throws IllegalArgumentException where not every pixel is spoken of */
  public MotionBack {
    if (trusted.length != flow.width() * flow.height()) {
      throw new IllegalArgumentException("a motion of %dx%d pixels was given trust in %d".formatted(
          flow.width(), flow.height(), trusted.length));
    }
  }
}
