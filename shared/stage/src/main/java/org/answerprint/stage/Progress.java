package org.answerprint.stage;

/**
 * How far a task is: {@code progress/<taskKey>}.
 *
 * @param done units finished
 * @param total units in all
 */
public record Progress(long done, long total) {}
