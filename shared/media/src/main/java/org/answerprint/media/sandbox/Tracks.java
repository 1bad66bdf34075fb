package org.answerprint.media.sandbox;

import java.util.List;
import org.answerprint.media.AudioFormat;

/** What goes over the pipe before the packets of several sound tracks. */
final class Tracks {

  private Tracks() {
  }

  /** The streams that the parent asks for. */
  record Asked(List<Integer> streams) {
  }

  /** The child's answer, a format for each. */
  record Formats(List<AudioFormat> formats) {
  }
}
