package org.answerprint.testkit;

import org.answerprint.queue.Item;
import org.answerprint.queue.WorkSender;

/** A work queue for tests in which nothing may be sent to it. */
public final class NoWork implements WorkSender {

  @Override
  public void send(Item item) {
    throw new AssertionError("nothing was to be sent to the work queue, and this was: " + item);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
