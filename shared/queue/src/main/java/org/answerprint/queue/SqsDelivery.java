package org.answerprint.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** One receipt of an SQS message. */
final class SqsDelivery implements Delivery {

  private static final Logger log = LoggerFactory.getLogger(SqsDelivery.class);

  private final Message message;
  private final SqsAddress address;
  private final SqsWorkSender sender;
  private final Duration lock;
  private final Map<String, String> headers;
  private final Item item;

  SqsDelivery(Message message, SqsAddress address, SqsWorkSender sender, Duration lock) {
    this.message = message;
    this.address = address;
    this.sender = sender;
    this.lock = lock;
    this.headers = SqsWorkSender.headers(message);
    this.item = Item.arrived(SqsWorkSender.key(message), headers, SqsWorkSender.body(message));
  }

  @Override
  public Item item() {
    return item;
  }

  @Override
  public int deliveryCount() {
    return Integer.parseInt(message.attributes()
        .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
  }

  @Override
  public int attempt() {
    return OwnHeaders.attempt(headers);
  }

  Instant notBefore() {
    return OwnHeaders.notBefore(headers);
  }

  @Override
  public String origin() {
    return address.queueUrl() + "/" + message.messageId();
  }

  @Override
  public boolean renew() {
    try {
      visibleAfter(lock);
      return true;
    } catch (AwsServiceException refused) {
      if (refused.statusCode() == 429 || refused.statusCode() >= 500) {
        throw address.trouble("renew " + origin(), refused);
      }
      log.info("{} could not be renewed: {}", origin(), refused.getMessage());
      return false;
    } catch (SdkException unknown) {
      throw address.trouble("renew " + origin(), unknown);
    }
  }

  @Override
  public void remove() {
    try {
      address.client().deleteMessage(request -> request
          .queueUrl(address.queueUrl())
          .receiptHandle(message.receiptHandle()));
    } catch (SdkException trouble) {
      throw address.trouble("remove " + origin(), trouble);
    }
  }

  @Override
  public void copy(int attempt, Duration delay, Instant notBefore) {
    Map<String, String> all = new TreeMap<>(item.headers());
    OwnHeaders.put(all, attempt, notBefore);
    sender.send(address.queueUrl(), item.key(), all, item.body(), delay);
  }

  @Override
  public void bury(DeadLetter letter) {
    sender.send(address.deadUrl(), item.key(), letter.headers(), item.body(), Duration.ZERO);
  }

  @Override
  public void release() {
    try {
      visibleAfter(Duration.ZERO);
    } catch (SdkException late) {
      log.info("{} comes back when its lock runs out: {}", origin(), late.getMessage());
    }
  }

  /** Nothing to drop; another receipt must not be disturbed. */
  @Override
  public void forget() { }

  private void visibleAfter(Duration time) {
    address.client().changeMessageVisibility(request -> request
        .queueUrl(address.queueUrl())
        .receiptHandle(message.receiptHandle())
        .visibilityTimeout((int) time.toSeconds()));
  }
}
