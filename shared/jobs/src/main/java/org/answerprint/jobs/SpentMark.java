package org.answerprint.jobs;

/**
 * What an attempt leaves that came to nothing: {@code spent/<taskKey>/…}. Its seconds are paid for like all others.
 *
 * @param attempt which one, from 1
 * @param seconds of work, to the last sign of life where its worker died
 */
public record SpentMark(int attempt, double seconds) {}
