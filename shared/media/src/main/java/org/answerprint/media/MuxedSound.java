package org.answerprint.media;

import java.util.List;

/**
 * A sound track to be written.
 *
 * @param format of its packets
 * @param language ISO 639 code, or empty
 * @param title or empty
 * @param roles FFmpeg's names of its dispositions
 */
record MuxedSound(AudioFormat format, String language, String title, List<String> roles) {

  /** The only track of a film. */
  static List<MuxedSound> only(AudioFormat format) {
    return List.of(new MuxedSound(format, "", "", List.of("default")));
  }
}
