package org.answerprint.fleet;

import java.time.Duration;
import java.util.Objects;

/**
 * Workers with a card that a batch service starts, and how many of them work is worth.
 *
 * @param queue of the batch service
 * @param job the definition of a worker
 * @param atMost workers at once, 1 or more
 * @param start what a machine takes from being asked for to its first item
 * @param startShare how much of the work starting may take, above 0 and below 1
 */
public record GpuFleet(String queue, String job, int atMost, Duration start, double startShare) {

  public GpuFleet {
    Objects.requireNonNull(queue, "queue");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(start, "start");
    if (atMost < 1 || start.isNegative() || !(startShare > 0 && startShare < 1)) {
      throw new IllegalArgumentException("a fleet has a worker at least, and starting takes a share between 0 and 1");
    }
  }

  /**
   * How many workers a backlog is worth: so many that starting all of them takes no more than the share of the work, one where there
   * is any work, and never more than there are items or than are allowed at once.
   */
  public int width(Backlog backlog) {
    if (backlog.items() == 0) {
      return 0;
    }
    double worth = start.isZero() ? atMost : startShare * backlog.seconds() / (start.toMillis() / 1e3);
    long most = Math.min(atMost, backlog.items());
    return (int) Math.clamp((long) Math.floor(worth), 1, most);
  }
}
