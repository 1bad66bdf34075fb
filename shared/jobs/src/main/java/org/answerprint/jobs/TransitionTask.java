package org.answerprint.jobs;

import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.TaskKey;

/**
 * The frames across one cut.
 *
 * @param key hash of everything that its bytes depend on
 * @param leftShot the shot before the cut, from 1
 * @param type the join's name
 * @param prompt for generated transitions
 * @param leftTake whose tail handle it starts from
 * @param rightTake whose head handle it ends with
 * @param leftFrames of the tail
 * @param rightFrames of the head
 * @param fallback whether this stands in for a failed transition
 */
public record TransitionTask(
    TaskKey key,
    int leftShot,
    String type,
    Optional<String> prompt,
    TaskKey leftTake,
    TaskKey rightTake,
    int leftFrames,
    int rightFrames,
    boolean fallback) {

  public TransitionTask {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(prompt, "prompt");
  }
}
