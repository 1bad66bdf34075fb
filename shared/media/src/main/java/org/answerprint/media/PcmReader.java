package org.answerprint.media;

import java.util.Optional;

/** Decoded sound, one stretch after another. */
public interface PcmReader extends AutoCloseable {

  /** The next stretch, or empty behind the last one. Gaps in the source are gaps between stretches. */
  Optional<PcmChunk> next();

  @Override
  void close();
}
