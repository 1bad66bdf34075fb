package org.answerprint.stage;

import java.util.Optional;

/**
 * How far a task is: {@code progress/<taskKey>}.
 *
 * @param done units finished
 * @param total units in all
 * @param by the {@link Turn} in which it was made, where one instance after another takes turns
 */
public record Progress(long done, long total, Optional<String> by) {

  public Progress(long done, long total) {
    this(done, total, Optional.empty());
  }
}
