package org.answerprint.media;

/**
 * A finished segment.
 *
 * @param frames in it
 * @param firstPts of its first frame
 * @param lastPts of its last frame
 * @param endPts where its last frame ends
 * @param bytes of the file
 */
public record SegmentInfo(long frames, long firstPts, long lastPts, long endPts, long bytes) {
}
