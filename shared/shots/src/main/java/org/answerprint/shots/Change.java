package org.answerprint.shots;

/**
 * A change of shot that was found.
 *
 * @param start one past the last frame of the shot before
 * @param end first frame of the shot after; equal to {@code start} for a hard cut
 */
record Change(int start, int end, Cut cut) {}
