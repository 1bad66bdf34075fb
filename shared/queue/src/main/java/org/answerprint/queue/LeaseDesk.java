package org.answerprint.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What both adapters do with a delivery: hand it out as the only lease, or dead-letter it when it has come too often.
 * A dead letter that could not be stored is kept alive and tried again at the next take, for giving it back would use
 * up another delivery. The heartbeat thread lives in the worker's process, so that it freezes and dies with it.
 */
final class LeaseDesk {

  private final QueueOptions options;
  private final ScheduledThreadPoolExecutor heartbeats;
  private volatile Optional<HeldLease> current = Optional.empty();
  private volatile Optional<HeldLease> burial = Optional.empty();
  private volatile boolean closed;

  LeaseDesk(QueueOptions options) {
    this.options = options;
    this.heartbeats = new ScheduledThreadPoolExecutor(
        1, task -> Thread.ofPlatform().daemon().name("lease-heartbeat-" + options.worker()).unstarted(task));
    heartbeats.setRemoveOnCancelPolicy(true);
  }

  /** To be called before each take. */
  void prepare() {
    if (closed) {
      throw new IllegalStateException("the queue of " + options.worker() + " is closed; open another");
    }
    burial.ifPresent(this::bury);
    current.filter(lease -> !lease.over()).ifPresent(lease -> {
      throw new IllegalStateException("item " + lease.item().key() + " is still held; settle it before taking more");
    });
  }

  /** The lease for a delivery whose lock was got at {@code lockedAtNanos} or later, unless it has come too often. */
  Optional<Lease> admit(Delivery delivery, long lockedAtNanos) {
    HeldLease lease = new HeldLease(delivery, options, heartbeats, lockedAtNanos);
    if (delivery.deliveryCount() > options.maxDeliveries()) {
      burial = Optional.of(lease);
      bury(lease);
      return Optional.empty();
    }
    current = Optional.of(lease);
    return Optional.of(lease);
  }

  boolean closed() {
    return closed;
  }

  /** Hands back what is held; false when that has been done already. */
  boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    heartbeats.shutdown();
    current.ifPresent(HeldLease::giveBack);
    burial.ifPresent(HeldLease::giveBack);
    return true;
  }

  private void bury(HeldLease lease) {
    if (!lease.over()) {
      lease.dead("delivered " + lease.deliveryCount() + " times without an outcome, " + options.maxDeliveries()
          + " are allowed; look for a crash of the workers that had it", Map.of());
    }
    burial = Optional.empty();
  }
}
