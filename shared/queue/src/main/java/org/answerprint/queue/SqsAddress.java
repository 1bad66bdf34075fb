package org.answerprint.queue;

import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/**
 * Where a queue lies in SQS. The queue's own redrive policy is not needed and, where there is one, its count must be
 * above 5, or SQS moves items before their dead letter is written.
 *
 * @param client shared and not closed here; its HTTP client must wait at least 30 s for an answer
 * @param queueUrl items
 * @param deadUrl dead letters
 */
public record SqsAddress(SqsClient client, String queueUrl, String deadUrl) {

  /**
   * Finds or creates the queue of this name and {@code <name>-dead}.
   *
   * @throws TransientFault when SQS cannot be reached or refuses
   */
  public static SqsAddress create(SqsClient client, String name) {
    try {
      return new SqsAddress(client, create(name, client), create(name + "-dead", client));
    } catch (SdkException trouble) {
      throw trouble("create the queue", name, trouble);
    }
  }

  RuntimeException trouble(String what, SdkException cause) {
    return cause instanceof QueueDoesNotExistException
        ? new RequestFault("there is no queue at " + queueUrl + "; create it, or correct the address", cause)
        : trouble(what, queueUrl, cause);
  }

  private static String create(String name, SqsClient client) {
    try {
      return client.createQueue(request -> request.queueName(name).attributes(Map.of())).queueUrl();
    } catch (QueueNameExistsException otherAttributes) {
      return client.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }
  }

  private static TransientFault trouble(String what, String where, SdkException cause) {
    return new TransientFault("could not " + what + " at " + where + " (" + cause.getMessage()
        + "); check that the service answers and try again", cause);
  }
}
