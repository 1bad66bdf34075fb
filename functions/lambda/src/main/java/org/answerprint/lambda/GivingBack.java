package org.answerprint.lambda;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.answerprint.stage.Stage;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Lets a message of SQS come again soon. It is hidden for six times as long as its function may take, an hour and a half
 * for the longest, which is far too long for a store that was away for a moment. Best effort: where it fails, the message
 * comes when its time is over. Thread-safe.
 */
@ApplicationScoped
public class GivingBack {

  /** 30 s after the first receipt, then 2 min, then 8. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final int GROWTH = 4;
  private static final int MOST_STEPS = 3;
  private static final Logger LOG = Logger.getLogger(GivingBack.class);

  private final SqsClient client;
  private final Duration firstPause;
  private final Map<String, String> addresses = new ConcurrentHashMap<>();

  @Inject
  public GivingBack(Stage stage) {
    this(stage, FIRST_PAUSE);
  }

  /** The same with another pause after the first receipt. */
  GivingBack(Stage stage, Duration firstPause) {
    this.client = stage.sqs();
    this.firstPause = firstPause;
  }

  void giveBack(BatchItem.Receipt receipt) {
    try {
      String address = addresses.computeIfAbsent(receipt.queue(), name -> client.getQueueUrl(request -> request.queueName(name)).queueUrl());
      client.changeMessageVisibility(request -> request.queueUrl(address).receiptHandle(receipt.handle())
          .visibilityTimeout((int) pauseAfter(receipt.count()).toSeconds()));
    } catch (SdkException late) {
      LOG.warnf("a message of %s comes again when its time is over: %s", receipt.queue(), late.getMessage());
    }
  }

  Duration pauseAfter(int receipts) {
    return firstPause.multipliedBy((long) Math.pow(GROWTH, Math.min(MOST_STEPS, receipts) - 1.0));
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
