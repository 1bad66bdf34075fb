package org.answerprint.binding;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.TransientFault;
import org.answerprint.queue.DeadLetter;
import org.answerprint.queue.Lease;
import org.answerprint.queue.QueueOptions;
import org.answerprint.queue.WorkQueue;
import org.answerprint.stage.KeptLetter;
import org.answerprint.stage.Stage;
import org.jboss.logging.Logger;

/**
 * Takes one message of a channel's queue after another. It stays hidden for as long as it is worked on, however long; it
 * comes again within the lock where this process dies, until the queue's own count makes a dead letter of it. What is
 * thrown makes one at once, with the reason, as over Kafka. Belongs to its thread; {@link #close} may be called from any.
 */
final class SqsPoller implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SqsPoller.class);
  private static final Duration WAIT = Duration.ofSeconds(20);
  /** SQS hides a message for no longer, and a stage bounds itself. */
  private static final Duration LONGEST_WORK = Duration.ofHours(12);

  private final Stage stage;
  private final Taker taker;
  private final Thread thread;
  private final RetryPolicy<Object> again = RetryPolicy.builder()
      .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20)).withJitter(0.2).withMaxRetries(-1)
      .abortIf((nothing, trouble) -> closed())
      .onRetry(attempt -> LOG.warnf("the queue of %s cannot be used yet: %s", this.name(), attempt.getLastException().getMessage()))
      .build();
  private volatile boolean closed;
  private volatile Optional<WorkQueue> queue = Optional.empty();

  SqsPoller(Stage stage, Taker taker, int number) {
    this.stage = stage;
    this.taker = taker;
    this.thread = Thread.ofPlatform().daemon().name("sqs-" + name() + "-" + number).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private String name() {
    return taker.channel().queue(stage.settings().prefix());
  }

  private boolean closed() {
    return closed;
  }

  private void run() {
    try {
      while (!closed) {
        Failsafe.with(again).run(this::takeOne);
      }
    } catch (RuntimeException over) {
      LOG.debugf("the poller of %s ends: %s", name(), over.getMessage());
    }
  }

  private void takeOne() {
    if (!closed) {
      opened().take(WAIT).ifPresent(this::serve);
    }
  }

  private WorkQueue opened() {
    if (queue.isEmpty()) {
      queue = Optional.of(stage.channelQueue(taker.channel(), QueueOptions.named(thread.getName())
          .withLock(stage.settings().lock()).withStallAfter(LONGEST_WORK).withKeeper(this::keep)));
    }
    return queue.get();
  }

  void serve(Lease lease) {
    try {
      taker.work().accept(lease.item().body());
    } catch (RuntimeException | Error failed) {
      LOG.errorf(failed, "a message of %s is a dead letter", name());
      Failsafe.with(again).run(() -> bury(lease, failed));
      return;
    }
    lease.done();
  }

  /** Once it is settled or lost, there is nothing to bury. */
  private static void bury(Lease lease, Throwable failed) {
    if (lease.held()) {
      lease.dead(String.valueOf(failed.getMessage()), Map.of());
    }
  }

  private void keep(DeadLetter letter, TransientFault refusal) {
    KeptLetter.of(letter.origin(), letter.item().key(), letter.item().headers(), letter.item().body(), letter.reason(), refusal.getMessage()).keep(stage);
  }

  /** What is in hand goes back to its queue at once. */
  @Override
  public void close() {
    closed = true;
    queue.ifPresent(WorkQueue::close);
    thread.interrupt();
  }
}
