package org.answerprint.cli;

import java.util.Optional;

/**
 * One transition of a job as it is now.
 *
 * @param after the shot it follows, from 1
 * @param type what was asked for
 * @param frames how many it replaces
 * @param state of it, or of its substitute where there is one
 * @param whole whether its frames, or the substitute's, are there
 * @param reason why it failed
 */
record JoinView(int after, String type, int frames, TaskState state, boolean whole, Optional<String> reason) {}
