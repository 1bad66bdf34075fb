package org.answerprint.lambda;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.answerprint.events.JobId;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Ingest as a Lambda, driven through the event server that Quarkus puts in the place of AWS's. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IngestLambdaTest {

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port", defaultValue = "8081")
  int port;

  @Test
  void anEventBridgeEventBecomesAJob() {
    stage.store().put(stage.jobs().buckets().in(), "lambda/a+b.mp4", Films.toybox(12, 51), "video/mp4");
    String job = given().port(port).contentType("application/json").body("""
        {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"1","time":"2026-11-21T10:00:00Z","region":"us-east-1",
        "resources":[],"detail":{"version":"0","bucket":{"name":"answerprint-in"},"object":{"key":"lambda/a+b.mp4","size":1,"etag":"0","sequencer":"1"},
        "request-id":"1","requester":"1","reason":"PutObject"}}
        """).post("/_lambda_").then().statusCode(200).body("status", equalTo("accepted")).extract().path("jobs[0]");
    assertThat(stage.jobs().existing(new JobId(job)).upload().key()).isEqualTo("lambda/a+b.mp4");
  }
}
