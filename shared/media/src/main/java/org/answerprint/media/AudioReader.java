package org.answerprint.media;

import java.util.Optional;

/** Packets of one sound track, one after another. */
public interface AudioReader extends AutoCloseable {

  /** What a muxer has to know about them. */
  AudioFormat format();

  /** The next packet, or empty behind the last one. */
  Optional<AudioPacket> next();

  @Override
  void close();
}
