package org.answerprint.cli;

import java.util.Optional;

/**
 * One shot of a job as it is now.
 *
 * @param number from 1
 * @param start seconds from the film's start
 * @param seconds its length
 * @param frames its length
 * @param method what was asked for
 * @param state of its edit, or of its substitute's where there is one
 * @param whole whether its take, or the substitute's, is there
 * @param framesDone of its frames
 * @param attempts begun so far, of all its pieces together
 * @param reason why it failed
 */
record ShotView(
    int number, double start, double seconds, int frames, String method, TaskState state, boolean whole, long framesDone,
    int attempts, Optional<String> reason) {}
