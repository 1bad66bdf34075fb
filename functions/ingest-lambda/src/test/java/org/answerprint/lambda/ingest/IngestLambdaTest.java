package org.answerprint.lambda.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.SeenJobs;
import org.answerprint.testkit.StackResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Ingest as a Lambda, driven through the event server that Quarkus puts in the place of AWS's. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IngestLambdaTest {

  /** The body of a message is the event as EventBridge matched it, whole. */
  private static final String EVENT_BRIDGE = """
      {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"1","time":"2026-11-21T10:00:00Z","region":"us-east-1",
      "resources":["arn:aws:s3:::answerprint-in"],"detail":{"version":"0","bucket":{"name":"answerprint-in"},
      "object":{"key":"%s","size":1,"etag":"0","sequencer":"1"},"request-id":"1","requester":"1","source-ip-address":"127.0.0.1","reason":"PutObject"}}
      """;

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Test
  void whatEventBridgePutsIntoTheQueueBecomesAJob() {
    stage.store().put(stage.jobs().buckets().in(), "lambda/a+b.mp4", Films.toybox(12, 51), "video/mp4");
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("storage", EVENT_BRIDGE.formatted("lambda/a+b.mp4")))).isEmpty();
    assertThat(job("lambda/a+b.mp4")).isPresent();
  }

  @Test
  void aWrongUploadIsDoneAndItsJobSaysWhy() {
    stage.store().put(stage.jobs().buckets().in(), "lambda/wrong.mp4", "no film".getBytes(StandardCharsets.UTF_8), "video/mp4");
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("storage", EVENT_BRIDGE.formatted("lambda/wrong.mp4")))).isEmpty();
    assertThat(stage.jobs().end(job("lambda/wrong.mp4").orElseThrow()).orElseThrow().state()).isEqualTo(EndState.REJECTED);
  }

  @Test
  void onlyWhatCannotBeReadComesAgain() {
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("storage", EVENT_BRIDGE.formatted("nothing.txt"), "{\"a\":1}")))
        .isEqualTo(List.of("message-2"));
  }

  private Optional<JobId> job(String key) {
    return new SeenJobs(stage.jobs()).of(key).findFirst().map(Job::id);
  }
}
