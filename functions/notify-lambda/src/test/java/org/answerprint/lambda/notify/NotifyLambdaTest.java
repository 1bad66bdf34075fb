package org.answerprint.lambda.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.WebhookReceiver;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Notify as a Lambda, driven through the event server that Quarkus puts in the place of AWS's, with a real receiver. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@QuarkusTestResource(WebhookReceiver.class)
class NotifyLambdaTest {

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @ConfigProperty(name = "ANSWERPRINT_WEBHOOK_URL")
  String receiver;

  @Test
  void aRecordOfTheTopicOfEndedJobsIsPosted() {
    JobId job = new JobId("lambda-job");
    stage.jobs().write(JobKeys.job(job), new Job(job, new ObjectVersion("answerprint-in", "lambda/n.mp4", "v1", 10), Instant.EPOCH,
        Optional.empty(), Optional.empty()));
    stage.jobs().end(job, new End(EndState.FAILED, Optional.of("it broke"), Optional.empty(), Instant.EPOCH));
    String value = Base64.getEncoder().encodeToString(
        "{\"jobId\":\"lambda-job\",\"state\":\"failed\",\"reason\":\"it broke\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(LambdaCalls.failures(port, """
        {"eventSource":"aws:kafka","records":{"answerprint.ended-0":[{"topic":"answerprint.ended","partition":0,"offset":1,"value":"%s",
        "headers":[{"ce_type":%s}]}]}}
        """.formatted(value, bytes("org.answerprint.job.ended.v1")))).isEmpty();

    assertThat(WebhookReceiver.posts(receiver, "lambda-job")).singleElement().asString().contains("job-ended-lambda-job v1,", "it broke");
  }

  private static String bytes(String text) {
    StringBuilder list = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      list.append(list.isEmpty() ? "[" : ",").append(b);
    }
    return list.append("]").toString();
  }
}
