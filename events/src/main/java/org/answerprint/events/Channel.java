package org.answerprint.events;

/** What messages travel on: topics of Kafka, or queues of SQS. The AsyncAPI document describes each. */
public enum Channel {
  /** Storage notifications, as the bucket sends them. */
  STORAGE("answerprint.storage"),
  /** Videos that may be worked on. */
  ACCEPTED("answerprint.accepted"),
  /** Everything after which a job has to be looked at again. */
  PARTS("answerprint.parts"),
  /** Jobs whose parts are all there. */
  READY("answerprint.ready"),
  /** Ends of jobs, good or bad. */
  ENDED("answerprint.ended"),
  /** The queue of long work. */
  WORK("answerprint.work"),
  /** Messages that nobody can act on, as they came. */
  DEAD_LETTERS("answerprint.dead-letters");

  private final String topic;

  Channel(String topic) {
    this.topic = topic;
  }

  /** The topic's name. */
  public String topic() {
    return topic;
  }

  /** The queue's name in SQS: {@code <prefix>-accepted} and the like. Dead letters lie in {@code <prefix>-accepted-dead}. */
  public String queue(String prefix) {
    return prefix + "-" + topic.substring(topic.indexOf('.') + 1);
  }
}
