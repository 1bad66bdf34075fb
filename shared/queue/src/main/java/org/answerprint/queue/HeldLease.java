package org.answerprint.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.answerprint.faults.TransientFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease on any adapter's delivery: its heartbeat, its stall clock, and the rule that it is settled once. */
final class HeldLease implements Lease {

  private enum State { HELD, LOST, SETTLED }

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  private final Delivery delivery;
  private final QueueOptions options;
  private final ScheduledFuture<?> heartbeat;
  private State state = State.HELD;
  private long lockedAtNanos;
  private long progressAtNanos;

  /** Takes over a delivery whose lock was got at {@code lockedAtNanos} or later. */
  HeldLease(Delivery delivery, QueueOptions options, ScheduledExecutorService heartbeats, long lockedAtNanos) {
    this.delivery = delivery;
    this.options = options;
    this.lockedAtNanos = lockedAtNanos;
    this.progressAtNanos = System.nanoTime();
    long period = options.heartbeat().toMillis();
    this.heartbeat = heartbeats.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public Item item() {
    return delivery.item();
  }

  @Override
  public int deliveryCount() {
    return delivery.deliveryCount();
  }

  @Override
  public int attempt() {
    return delivery.attempt();
  }

  @Override
  public synchronized boolean held() {
    loseIfLate();
    return state == State.HELD;
  }

  @Override
  public synchronized boolean renew() {
    progressAtNanos = System.nanoTime();
    extend();
    return state == State.HELD;
  }

  @Override
  public synchronized void done() {
    if (mayStillSettle()) {
      remove();
    }
  }

  @Override
  public synchronized void retryLater(Duration delay, String why) {
    if (mayStillSettle()) {
      log.info("item {} is put back for {}, attempt {}: {}", item().key(), delay, attempt(), why);
      delivery.copy(attempt() + 1, delay, Instant.now().plus(delay));
      remove();
    }
  }

  @Override
  public synchronized void dead(String reason, Map<String, String> context) {
    if (mayStillSettle()) {
      bury(delivery, options, reason, context);
      remove();
    }
  }

  /** Stores a dead letter for this delivery and tells who listens; the item is still to be removed. */
  static void bury(Delivery delivery, QueueOptions options, String reason, Map<String, String> context) {
    DeadLetter letter = new DeadLetter(delivery.item(), reason, delivery.origin(), delivery.deliveryCount(),
        delivery.attempt(), options.worker(), Instant.now(), context);
    try {
      delivery.bury(letter);
    } catch (TransientFault refused) {
      // tried for as long as the lock allows; an item that is neither buried nor kept would block its worker
      options.keeper().accept(letter, refused);
    }
    options.onDead().accept(letter);
    log.warn("item {} at {} is a dead letter: {}", delivery.item().key(), delivery.origin(), reason);
  }

  /** Whether the queue may hand out another item. */
  synchronized boolean over() {
    return state != State.HELD;
  }

  /** Hands the item back if it is still held. */
  synchronized void giveBack() {
    if (state == State.HELD) {
      end(State.LOST);
      delivery.release();
    }
  }

  private synchronized void beat() {
    if (state != State.HELD) {
      return;
    }
    if (System.nanoTime() - progressAtNanos > options.stallAfter().toNanos()) {
      log.warn("item {} made no progress for {}; it is handed back", item().key(), options.stallAfter());
      giveBack();
    } else {
      extend();
    }
  }

  private void extend() {
    loseIfLate();
    if (state != State.HELD) {
      return;
    }
    long asked = System.nanoTime();
    try {
      if (delivery.renew()) {
        lockedAtNanos = asked;
      } else {
        lose("the queue has given it to somebody else");
      }
    } catch (TransientFault unknown) {
      log.info("item {} could not be renewed yet: {}", item().key(), unknown.getMessage());
    } catch (RuntimeException unexpected) {
      log.error("item {} could not be renewed", item().key(), unexpected);
      lose("renewing failed");
    }
  }

  private boolean mayStillSettle() {
    if (state == State.SETTLED) {
      throw new IllegalStateException("item " + item().key() + " is settled already; settle a lease once");
    }
    extend();
    if (state == State.LOST) {
      log.info("item {} was lost before it was settled; nothing to do", item().key());
      end(State.SETTLED);
      return false;
    }
    return true;
  }

  private void remove() {
    end(State.SETTLED);
    delivery.remove();
  }

  private void loseIfLate() {
    if (state == State.HELD && System.nanoTime() - lockedAtNanos >= options.lock().toNanos()) {
      lose("this process was frozen or cut off for longer than the lock");
    }
  }

  private void lose(String why) {
    log.warn("item {} is lost: {}", item().key(), why);
    end(State.LOST);
    delivery.forget();
  }

  private void end(State end) {
    state = end;
    heartbeat.cancel(false);
  }
}
