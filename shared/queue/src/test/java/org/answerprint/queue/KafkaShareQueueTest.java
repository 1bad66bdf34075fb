package org.answerprint.queue;

import org.answerprint.launcher.SharedStack;

class KafkaShareQueueTest extends WorkQueueContract {

  @Override
  Place create(String name) {
    return new KafkaPlace(SharedStack.get().bootstrapServers(), name).create();
  }
}
