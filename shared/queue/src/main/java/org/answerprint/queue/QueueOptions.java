package org.answerprint.queue;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.answerprint.faults.TransientFault;

/**
 * How one worker uses a queue.
 *
 * @param worker names the worker in logs and dead letters
 * @param lock how long an item stays with a worker that shows no sign of life; it is renewed every third of this. A
 *     share group takes 15 to 60 s unless its broker is set otherwise, SQS whole seconds up to 12 h
 * @param stallAfter how long work may go without {@link Lease#renew} before its item is handed back
 * @param maxDeliveries how often one copy of an item is handed out before it is dead-lettered, 1 to 3: a share group
 *     drops an item silently after its fifth delivery, and one or two are kept for the dead-lettering itself
 * @param onDead told of every dead letter after it is stored and before the item is removed, so possibly twice; what it
 *     throws leaves the item in the queue
 * @param keeper keeps a dead letter that the queue's own place for them does not take, with the reason why not; what it
 *     throws leaves the item in the queue
 */
public record QueueOptions(
    String worker, Duration lock, Duration stallAfter, int maxDeliveries, Consumer<DeadLetter> onDead,
    BiConsumer<DeadLetter, TransientFault> keeper) {

  private static final int MOST_DELIVERIES = 3;

  public QueueOptions {
    if (lock.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the lock is " + lock + "; it must be at least a second");
    }
    if (stallAfter.compareTo(lock) < 0) {
      throw new IllegalArgumentException("work stalls after " + stallAfter + ", sooner than its lock of " + lock
          + " runs out; choose a longer time");
    }
    if (maxDeliveries < 1 || maxDeliveries > MOST_DELIVERIES) {
      throw new IllegalArgumentException("an item is delivered " + maxDeliveries + " times; allowed: 1 to "
          + MOST_DELIVERIES);
    }
  }

  /** A lock of 30 s, stalled after 30 min without progress, 3 deliveries, and nobody to keep what the queue does not. */
  public static QueueOptions named(String worker) {
    return new QueueOptions(worker, Duration.ofSeconds(30), Duration.ofMinutes(30), MOST_DELIVERIES, letter -> { }, (letter, refusal) -> {
      throw refusal;
    });
  }

  public QueueOptions withLock(Duration lock) {
    return new QueueOptions(worker, lock, stallAfter, maxDeliveries, onDead, keeper);
  }

  public QueueOptions withStallAfter(Duration stallAfter) {
    return new QueueOptions(worker, lock, stallAfter, maxDeliveries, onDead, keeper);
  }

  public QueueOptions withMaxDeliveries(int maxDeliveries) {
    return new QueueOptions(worker, lock, stallAfter, maxDeliveries, onDead, keeper);
  }

  public QueueOptions withOnDead(Consumer<DeadLetter> onDead) {
    return new QueueOptions(worker, lock, stallAfter, maxDeliveries, onDead, keeper);
  }

  public QueueOptions withKeeper(BiConsumer<DeadLetter, TransientFault> keeper) {
    return new QueueOptions(worker, lock, stallAfter, maxDeliveries, onDead, keeper);
  }

  Duration heartbeat() {
    return lock.dividedBy(3);
  }
}
