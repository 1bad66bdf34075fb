package org.answerprint.media;

/**
 * A finished film.
 *
 * @param frames pictures written
 * @param firstPts of the first picture, in the settings' time base
 * @param endPts where the last picture ends
 * @param driftTicks presentation of the last picture as read back from the file, minus what was asked for
 * @param audioPackets written
 * @param audioCodec of the sound track, or empty
 * @param audioCopied whether its packets are the source's own
 * @param audioDigest sha256 in hexadecimal over all audio payloads in order, or empty
 * @param bytes of the file
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
    long bytes) {
}
