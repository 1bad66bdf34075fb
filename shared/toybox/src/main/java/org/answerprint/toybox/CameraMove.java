package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** What the camera does during a clip; a caption names every move but {@link #STILL}. */
public enum CameraMove {
  STILL("still"),
  PAN_LEFT("pan left"),
  PAN_RIGHT("pan right"),
  ZOOM_IN("zoom in"),
  ZOOM_OUT("zoom out");

  private final String words;

  CameraMove(String words) {
    this.words = words;
  }

  /** The words a caption uses for this camera move. */
  public String words() {
    return words;
  }

  /** The camera move that captions call by exactly these words, or empty if there is none. */
  public static Optional<CameraMove> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }
}
