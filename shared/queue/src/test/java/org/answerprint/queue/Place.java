package org.answerprint.queue;

import java.util.List;

/** A queue somewhere real, as the contract suite needs it; it can be found again from another process. */
interface Place {

  WorkSender sender();

  WorkQueue open(QueueOptions options);

  /** All dead letters so far. */
  List<DeadLetter> deadLetters();

  /** Arguments from which {@link #find} makes the same place again. */
  List<String> arguments();

  static Place find(String kind, String where, String name) {
    return switch (kind) {
      case "kafka" -> new KafkaPlace(where, name);
      case "sqs" -> new SqsPlace(where, name);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
