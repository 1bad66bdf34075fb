package org.answerprint.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue of items that take minutes. Items sent before any worker existed are delivered too; order is not promised,
 * and an item sent twice is delivered twice.
 *
 * <p>One instance holds at most one lease and belongs to one worker. The lease may be used from any thread;
 * {@link #take} from one thread at a time. Call {@link #take} in a loop and close the queue when that loop ends: what a
 * pause between two calls leaves behind in the adapter only moves on when its lock runs out.
 */
public interface WorkQueue extends AutoCloseable {

  /**
   * Waits up to {@code wait} for an item. An item that has already been delivered the most times allowed is
   * dead-lettered here instead of being handed out.
   *
   * @throws IllegalStateException while an earlier lease is neither settled nor lost, or after {@link #close}
   * @throws org.answerprint.faults.TransientFault when the queue cannot be reached; take again later
   */
  Optional<Lease> take(Duration wait);

  /** Hands back an unsettled item at once, so that another worker gets it, and stops. May be called repeatedly. */
  @Override
  void close();
}
