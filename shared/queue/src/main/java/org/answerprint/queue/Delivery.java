package org.answerprint.queue;

import java.time.Duration;
import java.time.Instant;

/** One delivery of an item, and what an adapter can do with it. Called by one thread at a time. */
interface Delivery {

  Item item();

  int deliveryCount();

  int attempt();

  String origin();

  /**
   * Renews the lock.
   *
   * @return false when the item is known to be somebody else's
   * @throws org.answerprint.faults.TransientFault when it is not known whether that worked
   */
  boolean renew();

  /** Removes the item from the queue. */
  void remove();

  /** Stores a copy to be delivered no earlier than {@code notBefore}. */
  void copy(int attempt, Duration delay, Instant notBefore);

  /** Stores the dead letter. */
  void bury(DeadLetter letter);

  /** Hands an item that is ours back for immediate delivery; best effort. */
  void release();

  /** Drops our side of an item that is no longer ours. */
  void forget();
}
