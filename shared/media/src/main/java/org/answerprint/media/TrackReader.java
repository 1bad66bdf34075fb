package org.answerprint.media;

import java.util.List;
import java.util.Optional;

/** Packets of several sound tracks, in order of time. */
public interface TrackReader extends AutoCloseable {

  /** What a muxer has to know about each track. */
  List<AudioFormat> formats();

  /** The next packet of any track, or empty behind the last one. */
  Optional<TrackPacket> next();

  @Override
  void close();
}
