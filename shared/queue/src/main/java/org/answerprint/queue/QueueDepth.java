package org.answerprint.queue;

/**
 * About how much lies in a queue.
 *
 * @param waiting items that could be taken now
 * @param inHand items that workers have
 */
public record QueueDepth(long waiting, long inHand) {

  public long items() {
    return waiting + inHand;
  }
}
