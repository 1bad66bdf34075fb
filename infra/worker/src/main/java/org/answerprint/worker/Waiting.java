package org.answerprint.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long a worker has waited for work, and for a queue that does not answer. Not thread-safe. */
final class Waiting {

  private final Optional<Duration> idle;
  private final Duration patience;
  private final LongSupplier nanos;
  private long workedAt;
  private long answeredAt;
  private boolean asked;

  /**
   * A worker that begins to wait.
   *
   * @param idle how long an empty queue is waited for, or empty for ever
   * @param patience how long a queue that does not answer is, by a worker that does not wait for ever
   */
  Waiting(Optional<Duration> idle, Duration patience, LongSupplier nanos) {
    this.idle = idle;
    this.patience = patience;
    this.nanos = nanos;
    this.workedAt = nanos.getAsLong();
    this.answeredAt = workedAt;
  }

  /** The queue answered, with an item that is done with by now, or with none. */
  void answered(boolean worked) {
    asked = true;
    answeredAt = nanos.getAsLong();
    workedAt = worked ? answeredAt : workedAt;
  }

  /** The queue did not answer; it may have held something. */
  void unanswered() {
    workedAt = nanos.getAsLong();
  }

  /** Whether there is nothing to wait for any more. */
  boolean isOver() {
    return isEmpty() || idle.isPresent() && past(answeredAt, patience);
  }

  /** Whether the queue has been empty for long enough; nobody knows of one that has not answered yet. */
  boolean isEmpty() {
    return asked && idle.filter(limit -> past(workedAt, limit)).isPresent();
  }

  private boolean past(long since, Duration limit) {
    return nanos.getAsLong() - since >= limit.toNanos();
  }
}
