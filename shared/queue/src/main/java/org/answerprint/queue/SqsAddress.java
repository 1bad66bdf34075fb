package org.answerprint.queue;

import java.util.function.BiFunction;
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
   * Finds the queue of this name and {@code <name>-dead}, and creates what is not there: where the queues are there, the
   * right to create any is not needed.
   *
   * @throws TransientFault when SQS cannot be reached or refuses
   */
  public static SqsAddress create(SqsClient client, String name) {
    return at(client, name, SqsAddress::existingOrNewUrl);
  }

  /**
   * Finds the queue of this name and {@code <name>-dead}.
   *
   * @throws TransientFault when one is not there, or SQS cannot be reached or refuses
   */
  public static SqsAddress find(SqsClient client, String name) {
    return at(client, name, SqsAddress::existingUrl);
  }

  /**
   * The address of the queue of this name alone, which is created if it is not there.
   *
   * @throws TransientFault when SQS cannot be reached or refuses
   */
  static String queueUrl(SqsClient client, String name) {
    try {
      return existingOrNewUrl(client, name);
    } catch (SdkException trouble) {
      throw passing("find the queue", name, trouble);
    }
  }

  private static SqsAddress at(SqsClient client, String name, BiFunction<SqsClient, String, String> urls) {
    try {
      return new SqsAddress(client, urls.apply(client, name), urls.apply(client, name + "-dead"));
    } catch (SdkException trouble) {
      throw passing("find the queue", name, trouble);
    }
  }

  private static String existingUrl(SqsClient client, String name) {
    return client.getQueueUrl(request -> request.queueName(name)).queueUrl();
  }

  private static String existingOrNewUrl(SqsClient client, String name) {
    try {
      return existingUrl(client, name);
    } catch (QueueDoesNotExistException missing) {
      return newUrl(client, name);
    }
  }

  /** Somebody else may be creating it at the same time, with other attributes. */
  private static String newUrl(SqsClient client, String name) {
    try {
      return client.createQueue(request -> request.queueName(name)).queueUrl();
    } catch (QueueNameExistsException created) {
      return existingUrl(client, name);
    }
  }

  RuntimeException trouble(String what, SdkException cause) {
    return trouble(what, queueUrl, cause);
  }

  static RuntimeException trouble(String what, String where, SdkException cause) {
    return cause instanceof QueueDoesNotExistException
        ? new RequestFault("there is no queue at " + where + "; create it, or correct the address", cause)
        : passing(what, where, cause);
  }

  private static TransientFault passing(String what, String where, SdkException cause) {
    return new TransientFault("could not " + what + " at " + where + " (" + cause.getMessage()
        + "); check that the service answers and try again", cause);
  }
}
