package org.answerprint.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What a film cost: seconds on workers times their price, attempts that came to nothing included. What was found made cost nothing.
 * Finding the shots and joining the film is no worker's work, and is not in it; neither is what a worker waits or takes to start.
 *
 * @param currency of all amounts, three capital letters
 * @param pricePerSecond of a worker, as it was when the job was accepted
 * @param estimate the upper bound that was made before the shots were known
 * @param planned what the planned shots were to cost
 * @param shots in order
 * @param transitions in order; plain cuts are not among them
 * @param other work that shows in no shot and no transition: a transition that was given up, say
 * @param seconds of all work together
 * @param cost of all work together, the sum of the items
 */
public record Receipt(
    String currency,
    BigDecimal pricePerSecond,
    BigDecimal estimate,
    BigDecimal planned,
    List<Item> shots,
    List<Item> transitions,
    Work other,
    double seconds,
    BigDecimal cost) {

  public Receipt {
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(pricePerSecond, "pricePerSecond");
    Objects.requireNonNull(estimate, "estimate");
    Objects.requireNonNull(planned, "planned");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(cost, "cost");
    shots = List.copyOf(shots);
    transitions = List.copyOf(transitions);
  }

  /** Whether seconds cost anything. */
  public boolean charges() {
    return pricePerSecond.signum() > 0;
  }

  /**
   * Work on workers.
   *
   * @param seconds of all attempts
   * @param wastedSeconds how many of them were of attempts that came to nothing
   * @param cost of all of them
   */
  public record Work(double seconds, double wastedSeconds, BigDecimal cost) {

    public Work {
      Objects.requireNonNull(cost, "cost");
    }
  }

  /**
   * Work on one shot, or on the transition behind it.
   *
   * @param shot from 1
   */
  public record Item(int shot, Work work) {

    public Item {
      Objects.requireNonNull(work, "work");
    }
  }
}
