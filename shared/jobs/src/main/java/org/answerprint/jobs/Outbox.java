package org.answerprint.jobs;

import org.answerprint.events.Message;

/** Where facts and work items leave through. Thread-safe. */
@FunctionalInterface
public interface Outbox {

  /**
   * Returns when the message is safe on its channel.
   *
   * @throws org.answerprint.faults.TransientFault where the channel cannot take it now
   */
  void send(Message message);
}
