package org.answerprint.transport;

import org.answerprint.events.Fact;

/** Tells the world a fact. Safe to share between threads. */
public interface FactPublisher extends AutoCloseable {

  /**
   * Returns when the fact is stored. Over Kafka facts of one job keep their order where one thread publishes them; nobody
   * may rely on it. After an exception the fact may have been stored all the same; publishing it again is harmless.
   *
   * @throws org.answerprint.faults.TransientFault when it is not known to be stored; publish again
   */
  void publish(Fact fact);

  @Override
  void close();
}
