package org.answerprint.jobs;

import java.util.Objects;
import org.answerprint.events.FailureKind;

/**
 * What a task leaves that is given up: {@code failed/<taskKey>}.
 *
 * @param attempt how many attempts were made
 * @param kind whose fault it was
 * @param reason one sentence
 */
public record FailedMark(int attempt, FailureKind kind, String reason) {

  public FailedMark {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
  }
}
