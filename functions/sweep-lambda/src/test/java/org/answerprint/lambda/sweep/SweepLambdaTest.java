package org.answerprint.lambda.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.answerprint.jobs.Job;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The sweep as a Lambda, called as the scheduler calls it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class SweepLambdaTest {

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Test
  void reviewsOpenJobs() {
    Job job = TestJobs.accepted(stage, "lambda/open.mp4", Films.toybox(12, 81), Recipe.DEFAULT);
    assertThat(stage.jobs().open()).contains(job.id());
    assertThat(LambdaCalls.answer(port, "{\"type\":\"org.answerprint.sweep.due.v1\"}").body()).contains("\"reviewed\":").doesNotContain("\"reviewed\":0");
  }

  @Test
  void isCalledForNothingElse() {
    assertThat(LambdaCalls.answer(port, "{}").code()).isEqualTo(500);
  }
}
