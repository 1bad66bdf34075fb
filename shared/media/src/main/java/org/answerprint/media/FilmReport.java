package org.answerprint.media;

import java.util.List;

/**
 * A finished film.
 *
 * @param frames pictures written
 * @param firstPts of the first picture, in the settings' time base
 * @param endPts where the last picture ends
 * @param driftTicks presentation of the last picture as read back from the file, minus what was asked for
 * @param audioPackets written of the track that players choose
 * @param audioCodec of that sound track, or empty
 * @param audioCopied whether its packets are the source's own
 * @param audioDigest sha256 in hexadecimal over all audio payloads in order, or empty
 * @param bytes of the file
 * @param otherSound the tracks beside it
 */
public record FilmReport(
    long frames,
    long firstPts,
    long endPts,
    long driftTicks,
    long audioPackets,
    String audioCodec,
    boolean audioCopied,
    String audioDigest,
    long bytes,
    List<SoundReport> otherSound) {

  public FilmReport {
    otherSound = List.copyOf(otherSound);
  }

  /** A film with one sound track or none. */
  public FilmReport(long frames, long firstPts, long endPts, long driftTicks, long audioPackets, String audioCodec,
      boolean audioCopied, String audioDigest, long bytes) {
    this(frames, firstPts, endPts, driftTicks, audioPackets, audioCodec, audioCopied, audioDigest, bytes, List.of());
  }
}
