package org.answerprint.lambda.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Assemble as a Lambda, driven through the event server that Quarkus puts in the place of AWS's. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AssembleLambdaTest {

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Test
  void aFactAboutAPartMovesItsJobOn() {
    Job job = TestJobs.accepted(stage, "lambda/parts.mp4", Films.toybox(12, 71), Recipe.DEFAULT);
    stage.jobs().mark(JobKeys.cancelled(job.id()));
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("parts",
        LambdaCalls.body(new Fact.FilmPlanned(job.id())), LambdaCalls.body(new Fact.ShotFound(job.id(), 1))))).isEmpty();
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.CANCELLED);
  }

  @Test
  void aFilmThatLacksPartsIsLookedAtAgain() {
    Job job = TestJobs.accepted(stage, "lambda/ready.mp4", Films.toybox(12, 72), Recipe.DEFAULT);
    TestJobs.planned(stage, job, 12);
    assertThat(LambdaCalls.failures(port, LambdaCalls.kafka(new Fact.PartsCompleted(job.id())))).isEmpty();
    assertThat(stage.jobs().isEnded(job.id())).isFalse();
  }

  @Test
  void oneMessageThatCannotBeReadDoesNotHoldUpTheOthers() {
    Fact nobody = new Fact.ReviewRequested(new JobId("nobody"), "test");
    assertThat(LambdaCalls.failures(port, LambdaCalls.sqs("parts", LambdaCalls.body(nobody), "nonsense", LambdaCalls.body(nobody))))
        .isEqualTo(List.of("message-2"));
  }
}
