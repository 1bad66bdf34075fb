package org.answerprint.jobs;

/**
 * What a finished task leaves: {@code done/<taskKey>}.
 *
 * @param attempt which attempt finished it; 0 where its output was found
 * @param seconds of work, 0 where it was found
 */
public record DoneMark(int attempt, double seconds) {}
