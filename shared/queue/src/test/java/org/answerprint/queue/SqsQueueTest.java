package org.answerprint.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;

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

  @Test
  void queuesThatAreThereAreFoundWithoutTheRightToCreateAny() {
    create("there");
    try (SqsClient mayNotCreate = SqsPlace.client(endpoint, new NoCreation())) {
      assertThat(SqsAddress.create(mayNotCreate, "there").deadUrl()).endsWith("there-dead");
    }
  }

  /** A role that may not create queues. */
  private static final class NoCreation implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      assertThat(context.request()).isNotInstanceOf(CreateQueueRequest.class);
    }
  }

  @Override
  Place create(String name) {
    return new SqsPlace(endpoint, name);
  }
}
