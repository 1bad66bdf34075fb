package org.answerprint.queue;

import java.time.Duration;
import java.util.Map;

/**
 * An item in hand. The queue keeps its lock alive in the background for as long as the process runs and work makes
 * progress: a killed or frozen process loses it, and so does one that has not called {@link #renew} within
 * {@link QueueOptions#stallAfter()}.
 *
 * <p>Settle it exactly once: {@link #done}, {@link #retryLater} or {@link #dead}. On a lease that is known to be lost
 * these do nothing, since the item is somebody else's by then. Loss is not always known: after a freeze another worker
 * may have the item, or may have finished it, so outputs must be write-once. Safe to use from any thread.
 */
public interface Lease {

  /** The item, as it was sent. */
  Item item();

  /**
   * How often this copy has been delivered, this time included, from 1. It grows when a worker died, froze or closed,
   * and starts again after {@link #retryLater}.
   */
  int deliveryCount();

  /** From 1; one more for every {@link #retryLater}. */
  int attempt();

  /** Whether the lock is still ours as far as is known; once false it stays false, and the work should stop. */
  boolean held();

  /**
   * Says that the work makes progress, and renews the lock now. Call it every step or few; the lock itself is kept
   * alive without.
   *
   * @return {@link #held()} afterwards
   */
  boolean renew();

  /**
   * The work is finished and its output written: the item is removed.
   *
   * @throws org.answerprint.faults.TransientFault when the queue cannot be told; the item will come again, and its
   *     output will be found
   */
  void done();

  /**
   * Puts the item back as a new copy with the next attempt number, to be delivered no earlier than {@code delay} from
   * now. A crash in between leaves two copies, never none.
   *
   * @throws org.answerprint.faults.TransientFault when the queue cannot be told; the lease may still be settled
   */
  void retryLater(Duration delay, String why);

  /**
   * Nobody can do this: the item goes to the dead letters with the reason, the context and where it came from, and is
   * then removed. A crash in between leaves two dead letters, never none.
   *
   * @throws org.answerprint.faults.TransientFault when the queue cannot be told; the lease may still be settled
   */
  void dead(String reason, Map<String, String> context);
}
