package org.answerprint.media;

/**
 * What an upload may cost before it is refused with a {@link org.answerprint.faults.RequestFault}.
 *
 * @param maxBytes of the file
 * @param maxPixels of one coded picture
 * @param maxStreams in the container
 * @param maxFrames decoded in one read
 * @param maxSpanSeconds between the first and the last pts
 * @param maxAudioChannels of any sound track
 * @param maxWallSeconds for opening, and for one read without a frame coming out
 * @param images whether a still image (PNG, JPEG, WebP) is accepted in place of a video
 */
public record Limits(
    long maxBytes,
    long maxPixels,
    int maxStreams,
    long maxFrames,
    long maxSpanSeconds,
    int maxAudioChannels,
    int maxWallSeconds,
    boolean images) {

  /** 16 GiB, 8192x4352, 64 streams, a million frames, 8 hours, 8 channels, 60 s, no images. */
  public static final Limits STANDARD =
      new Limits(16L << 30, 8192L * 4352, 64, 1_000_000, 8 * 3600, 8, 60, false);

  public Limits {
    if (maxBytes < 1 || maxPixels < 1 || maxStreams < 1 || maxFrames < 1 || maxSpanSeconds < 1
        || maxAudioChannels < 1 || maxWallSeconds < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** The same limits, with still images accepted or not. */
  public Limits withImages(boolean accepted) {
    return new Limits(maxBytes, maxPixels, maxStreams, maxFrames, maxSpanSeconds, maxAudioChannels, maxWallSeconds,
        accepted);
  }
}
