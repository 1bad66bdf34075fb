package org.answerprint.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Against a real SQS server. */
class SqsMeterTest {

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
  void countsWhatWaitsAndWhatIsInHand() {
    SqsPlace place = new SqsPlace(endpoint, "meter-counts");
    try (SqsMeter meter = meter(endpoint, "meter-counts"); WorkSender sender = place.sender();
        WorkQueue queue = place.open(QueueOptions.named("worker"))) {
      assertThat(meter.depth()).isEqualTo(new QueueDepth(0, 0));
      for (int i = 0; i < 3; i++) {
        sender.send(new Item("item-" + i, Map.of(), "work".getBytes(StandardCharsets.UTF_8)));
      }
      assertThat(meter.depth()).isEqualTo(new QueueDepth(3, 0));
      Lease lease = queue.take(Duration.ofSeconds(5)).orElseThrow();
      assertThat(meter.depth()).isEqualTo(new QueueDepth(2, 1)).extracting(QueueDepth::items).isEqualTo(3L);
      lease.retryLater(Duration.ofMinutes(5), "later");
      assertThat(meter.depth()).as("what waits for its time is left out").isEqualTo(new QueueDepth(2, 0));
    }
  }

  @Test
  void aQueueThatIsMissingIsNamed() {
    try (SqsMeter meter = meter(endpoint, "nowhere")) {
      assertThatThrownBy(meter::depth).isInstanceOf(RequestFault.class).hasMessageContaining("there is no queue nowhere");
    }
  }

  @Test
  void aServerThatIsAwayIsTroubleOfTheWorld() {
    try (SqsMeter meter = meter("http://127.0.0.1:9", "any")) {
      assertThatThrownBy(meter::depth).isInstanceOf(TransientFault.class);
    }
  }

  private static SqsMeter meter(String endpoint, String name) {
    return new SqsMeter(SqsClient.builder().endpointOverride(URI.create(endpoint)).region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
        .httpClientBuilder(UrlConnectionHttpClient.builder()).build(), name);
  }
}
