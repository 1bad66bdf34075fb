package org.answerprint.media;

/** Whether a stream's pictures are two fields woven together, and which of them is shown first. */
public enum FieldOrder {
  /** Pictures are whole. */
  PROGRESSIVE,
  /** The lines 0, 2, 4 ... are shown first. */
  TOP_FIRST,
  /** The lines 1, 3, 5 ... are shown first. */
  BOTTOM_FIRST;

  /** The order after the picture was turned over top to bottom, which swaps even and odd lines. */
  FieldOrder turnedOver(int height) {
    return height % 2 != 0 ? this : switch (this) {
      case PROGRESSIVE -> PROGRESSIVE;
      case TOP_FIRST -> BOTTOM_FIRST;
      case BOTTOM_FIRST -> TOP_FIRST;
    };
  }
}
