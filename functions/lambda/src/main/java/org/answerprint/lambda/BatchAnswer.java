package org.answerprint.lambda;

import java.util.List;

/**
 * What Lambda is told of a batch, in its own words: which messages failed. The others are removed from their queue.
 *
 * @param batchItemFailures none where all is done
 */
public record BatchAnswer(List<Failure> batchItemFailures) {

  /**
   * A message that is to come again.
   *
   * @param itemIdentifier its id in the queue
   */
  public record Failure(String itemIdentifier) {}

  public BatchAnswer {
    batchItemFailures = List.copyOf(batchItemFailures);
  }
}
