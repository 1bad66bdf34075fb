package org.answerprint.media;

import java.util.Objects;

/**
 * A packet of one of several sound tracks.
 *
 * @param track which of the tracks asked for, from 0
 * @param packet in its time base
 */
public record TrackPacket(int track, AudioPacket packet) {

  public TrackPacket {
    Objects.requireNonNull(packet, "packet");
  }
}
