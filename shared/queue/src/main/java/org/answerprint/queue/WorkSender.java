package org.answerprint.queue;

/** Puts items into a queue. Safe to share between threads. */
public interface WorkSender extends AutoCloseable {

  /**
   * Returns when the queue has stored the item. Sending it again makes a second item.
   *
   * @throws org.answerprint.faults.TransientFault when that is not known to have happened; send again
   */
  void send(Item item);

  @Override
  void close();
}
