package org.answerprint.jobs;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What work is expected to take.
 *
 * @param frames to be edited
 * @param seconds of a worker
 * @param cost in the currency of the configured price
 */
public record Estimate(long frames, double seconds, BigDecimal cost) {

  public Estimate {
    Objects.requireNonNull(cost, "cost");
  }
}
