package org.answerprint.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** SQS as a queue. A killed or frozen worker's item is delivered elsewhere when the lock runs out. */
public final class SqsQueue implements WorkQueue {

  private static final Logger log = LoggerFactory.getLogger(SqsQueue.class);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

  private final SqsAddress address;
  private final QueueOptions options;
  private final SqsWorkSender sender;
  private final LeaseDesk desk;

  public SqsQueue(SqsAddress address, QueueOptions options) {
    this.address = address;
    this.options = options;
    this.sender = new SqsWorkSender(address);
    this.desk = new LeaseDesk(options);
  }

  @Override
  public Optional<Lease> take(Duration longest) {
    desk.prepare();
    long deadline = System.nanoTime() + longest.toNanos();
    do {
      long askedAtNanos = System.nanoTime();
      Duration left = Duration.ofNanos(Math.max(0, deadline - askedAtNanos));
      Duration wait = left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
      Optional<Lease> lease = receive(wait)
          .filter(this::isDue)
          .flatMap(delivery -> desk.admit(delivery, Math.min(System.nanoTime(), askedAtNanos + wait.toNanos())));
      if (lease.isPresent()) {
        return lease;
      }
    } while (System.nanoTime() < deadline && !desk.closed());
    return Optional.empty();
  }

  /** A take that is waiting elsewhere returns within 20 s; the item it may get then comes back after its lock. */
  @Override
  public void close() {
    desk.close();
  }

  private Optional<SqsDelivery> receive(Duration wait) {
    try {
      return address.client().receiveMessage(request -> request
              .queueUrl(address.queueUrl())
              .maxNumberOfMessages(1)
              .waitTimeSeconds((int) wait.plusMillis(999).toSeconds())
              .visibilityTimeout((int) options.lock().toSeconds())
              .messageAttributeNames("All")
              .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
          .messages().stream().findFirst()
          .map(message -> new SqsDelivery(message, address, sender, options.lock()));
    } catch (SdkException trouble) {
      throw address.trouble("take an item", trouble);
    }
  }

  private boolean isDue(SqsDelivery delivery) {
    Duration left = Duration.between(Instant.now(), delivery.notBefore());
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    log.debug("{} is due in {}; it is sent on", delivery.origin(), left);
    delivery.copy(delivery.attempt(), left, delivery.notBefore());
    delivery.remove();
    return false;
  }
}
