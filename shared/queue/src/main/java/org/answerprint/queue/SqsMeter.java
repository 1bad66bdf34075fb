package org.answerprint.queue;

import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Says about how much lies in a queue, for somebody who may neither take from it nor send to it. Thread-safe.
 */
public final class SqsMeter implements AutoCloseable {

  private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
  private static final QueueAttributeName IN_HAND = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

  private final SqsClient client;
  private final String name;

  /** A meter that connects when it is read, and closes the client. */
  public SqsMeter(SqsClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * What could be taken now, and what workers have; items that wait for their time are left out.
   *
   * @throws RequestFault where there is no such queue
   * @throws TransientFault where SQS cannot be reached or refuses
   */
  public QueueDepth depth() {
    try {
      String url = client.getQueueUrl(request -> request.queueName(name)).queueUrl();
      Map<QueueAttributeName, String> found = client.getQueueAttributes(
          request -> request.queueUrl(url).attributeNames(WAITING, IN_HAND)).attributes();
      return new QueueDepth(count(found, WAITING), count(found, IN_HAND));
    } catch (QueueDoesNotExistException e) {
      throw new RequestFault("there is no queue " + name + "; create it, or correct the name", e);
    } catch (SdkException e) {
      throw new TransientFault("the items in queue " + name + " could not be counted (" + e.getMessage()
          + "); check that the service answers and try again", e);
    }
  }

  private static long count(Map<QueueAttributeName, String> found, QueueAttributeName what) {
    return Long.parseLong(found.getOrDefault(what, "0"));
  }

  @Override
  public void close() {
    client.close();
  }
}
