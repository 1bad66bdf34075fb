package org.answerprint.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.events.Channel;
import org.answerprint.events.EndState;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Facts through a real server of SQS. */
class SqsFactPublisherTest {

  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
  private static final JobId JOB = new JobId("job");
  private static SQSRestServer server;
  private static SqsClient reader;
  private static SqsFactPublisher publisher;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    String endpoint = "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort();
    reader = client(endpoint);
    Stream.of(Channel.ACCEPTED, Channel.PARTS, Channel.ENDED).forEach(channel -> reader.createQueue(request -> request.queueName(channel.queue("films"))));
    publisher = publisher(endpoint);
  }

  @AfterAll
  static void stop() {
    publisher.close();
    reader.close();
    server.stopAndWait();
  }

  private static SqsClient client(String endpoint) {
    return SqsClient.builder().endpointOverride(URI.create(endpoint)).region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
        .httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  private static SqsFactPublisher publisher(String endpoint) {
    return new SqsFactPublisher(client(endpoint), "films", new FactCodec("/answerprint/test"), CLOCK);
  }

  private static Fact received(Channel channel) {
    String body = reader.receiveMessage(request -> request.queueUrl(reader.getQueueUrl(q -> q.queueName(channel.queue("films"))).queueUrl())
        .waitTimeSeconds(5)).messages().getFirst().body();
    assertThat(body.length()).isLessThan(256 * 1024);
    Envelope envelope = StructuredEvent.read(body);
    assertThat(envelope.time()).isEqualTo(CLOCK.instant());
    return FactCodec.readFact(envelope.type(), envelope.dataBytes());
  }

  @Test
  void aFactLiesInTheQueueOfItsChannel() {
    Fact fact = new Fact.VideoAccepted(JOB);
    publisher.publish(fact);
    assertThat(received(Channel.ACCEPTED)).isEqualTo(fact);
  }

  static Stream<Fact> factsWithAReasonOf300000Characters() {
    String reason = "\uD83C\uDFAC\u0007é".repeat(75_000);
    ObjectVersion source = new ObjectVersion("films-in", "é".repeat(512), "tag", 1);
    return Stream.of(
        new Fact.VideoRejected(JOB, source, reason),
        new Fact.TaskFailed(JOB, new TaskKey("task"), 1, 1, FailureKind.INTERNAL, reason),
        new Fact.JobEnded(JOB, EndState.FAILED, Optional.of(reason), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("factsWithAReasonOf300000Characters")
  void aReasonThatGoesOnAndOnIsCut(Fact fact) {
    publisher.publish(fact);
    assertThat(received(fact.channel()).id()).isEqualTo(fact.id());
  }

  @Test
  void aQueueThatIsNotThereIsTroubleThatMayPass() {
    assertThatThrownBy(() -> publisher.publish(new Fact.PartsCompleted(JOB)))
        .isInstanceOf(TransientFault.class).hasMessageContaining("films-ready");
  }

  @Test
  void aServerThatIsAwayIsTroubleThatMayPass() {
    try (SqsFactPublisher away = publisher("http://127.0.0.1:9")) {
      assertThatThrownBy(() -> away.publish(new Fact.VideoAccepted(JOB))).isInstanceOf(TransientFault.class).hasMessageContaining("films-accepted");
    }
  }
}
