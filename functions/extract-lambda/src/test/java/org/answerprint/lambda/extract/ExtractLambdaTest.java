package org.answerprint.lambda.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Extract as a Lambda, driven through the event server that Quarkus puts in the place of AWS's. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ExtractLambdaTest {

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Test
  void anAcceptedVideoFromAQueueIsPlanned() {
    Job job = TestJobs.accepted(stage, "lambda/queue.mp4", Films.toybox(12, 61), Recipe.DEFAULT);
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("accepted", LambdaCalls.body(new Fact.VideoAccepted(job.id()))))).isEmpty();
    assertThat(stage.jobs().plan(job.id())).isPresent();
  }

  @Test
  void anAcceptedVideoFromATopicIsPlanned() {
    Job job = TestJobs.accepted(stage, "lambda/topic.mp4", Films.toybox(12, 62), Recipe.DEFAULT);
    assertThat(LambdaCalls.failures(port, LambdaCalls.kafka(new Fact.VideoAccepted(job.id())))).isEmpty();
    assertThat(stage.jobs().plan(job.id())).isPresent();
  }

  @Test
  void aWrongRequestIsDoneAndItsJobSaysWhy() {
    Job job = TestJobs.accepted(stage, "lambda/replaced.mp4", Films.toybox(12, 63), Recipe.DEFAULT);
    stage.store().put(stage.jobs().buckets().in(), "lambda/replaced.mp4", Films.toybox(12, 64), "video/mp4");
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("accepted", LambdaCalls.body(new Fact.VideoAccepted(job.id()))))).isEmpty();
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.REJECTED);
  }

  @Test
  void whatNobodyCanDoComesAgainFromAQueueAndIsKeptFromATopic() {
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("accepted", LambdaCalls.body(new Fact.VideoAccepted(new JobId("nobody"))))))
        .containsExactly("message-1");
    assertThat(LambdaCalls.failures(port, LambdaCalls.kafka(new Fact.VideoAccepted(new JobId("noone"))))).isEmpty();
    assertThat(stage.jobs().list("dead-letters/")).isNotEmpty();
  }

  @Test
  void onlyQueuesAndTopicsMayCall() {
    assertThat(LambdaCalls.answer(port, "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}").code()).isEqualTo(500);
  }
}
