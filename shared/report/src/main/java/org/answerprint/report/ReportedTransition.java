package org.answerprint.report;

import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.TaskKey;

/**
 * The frames across one cut of a finished film.
 *
 * @param key names the work; the same inputs give the same key in every job
 * @param leftShot the shot before the cut, from 1
 * @param rightShot the shot behind it
 * @param type what made it
 * @param prompt for generated transitions
 * @param leftFrames frames of the left shot that it replaced
 * @param rightFrames frames of the right shot that it replaced
 * @param fallback why it is not the transition that was asked for
 * @param attempt which attempt made it, from 1, or 0 where it was found made
 * @param seconds that attempt took, 0 where it was found made
 * @param foundMade whether it existed before the job came to it
 * @param made the facts of its segment, where they are known
 */
public record ReportedTransition(
    TaskKey key,
    int leftShot,
    int rightShot,
    String type,
    Optional<String> prompt,
    int leftFrames,
    int rightFrames,
    Optional<ReportedShot.Fallback> fallback,
    int attempt,
    double seconds,
    boolean foundMade,
    Optional<TaskFacts> made) {

  public ReportedTransition {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(fallback, "fallback");
    Objects.requireNonNull(made, "made");
  }
}
