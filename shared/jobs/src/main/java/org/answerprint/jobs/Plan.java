package org.answerprint.jobs;

import java.util.List;
import java.util.Objects;

/**
 * Everything a job's film is made of: {@code plan.json}, written once when every shot is known.
 *
 * @param shots in order
 * @param frames of the whole film
 * @param estimate of the planned work
 * @param extractSeconds what finding the shots took
 */
public record Plan(List<PlannedShot> shots, long frames, Estimate estimate, double extractSeconds) {

  public Plan {
    shots = List.copyOf(shots);
    Objects.requireNonNull(estimate, "estimate");
  }
}
