package org.answerprint.queue;

import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SqsQueueTest extends WorkQueueContract {

  private static SQSRestServer server;
  private static String endpoint;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    endpoint = "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort();
  }

  @AfterAll
  static void stop() {
    server.stopAndWait();
  }

  @Override
  Place create(String name) {
    return new SqsPlace(endpoint, name);
  }
}
