package org.answerprint.stage;

import java.time.Duration;
import org.answerprint.events.FailureKind;

/** What became of one delivery of a task. */
public sealed interface Outcome {

  /** Its output is there; {@code attempt} is 0 where it was found. */
  record Finished(int attempt) implements Outcome {}

  /** Nobody wants it any more. */
  record Dropped(String reason) implements Outcome {}

  /** The world is unwell: deliver it again. */
  record Later(Duration delay, String reason) implements Outcome {}

  /** It was given up, and its job was told. */
  record Failed(FailureKind kind, String reason, int attempt) implements Outcome {}
}
