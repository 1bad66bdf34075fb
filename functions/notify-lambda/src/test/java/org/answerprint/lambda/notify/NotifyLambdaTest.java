package org.answerprint.lambda.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.StackResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Notify as a Lambda, driven through the event server that Quarkus puts in the place of AWS's, with a real receiver. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@QuarkusTestResource(NotifyLambdaTest.Receiver.class)
class NotifyLambdaTest {

  private static final List<String> POSTS = new CopyOnWriteArrayList<>();

  @Inject Stage stage;

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port", defaultValue = "8081")
  int port;

  @Test
  void aRecordOfTheTopicOfEndedJobsIsPosted() {
    JobId job = new JobId("lambda-job");
    stage.jobs().write(JobKeys.job(job), new Job(job, new ObjectVersion("answerprint-in", "lambda/n.mp4", "v1", 10), Instant.EPOCH,
        Optional.empty(), Optional.empty()));
    stage.jobs().end(job, new End(EndState.FAILED, Optional.of("it broke"), Optional.empty(), Instant.EPOCH));
    String value = Base64.getEncoder().encodeToString(
        "{\"jobId\":\"lambda-job\",\"state\":\"failed\",\"reason\":\"it broke\"}".getBytes(StandardCharsets.UTF_8));

    given().port(port).contentType("application/json").body("""
        {"eventSource":"aws:kafka","records":{"answerprint.ended-0":[{"topic":"answerprint.ended","partition":0,"offset":1,"value":"%s",
        "headers":[{"ce_type":%s}]}]}}
        """.formatted(value, bytes("org.answerprint.job.ended.v1"))).post("/_lambda_").then().statusCode(200).body("batchItemFailures", hasSize(0));

    assertThat(POSTS).singleElement().asString().contains("job-ended-lambda-job", "it broke");
  }

  private static String bytes(String text) {
    StringBuilder list = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      list.append(list.isEmpty() ? "[" : ",").append(b);
    }
    return list.append("]").toString();
  }

  /** A real receiver on loopback. */
  public static final class Receiver implements QuarkusTestResourceLifecycleManager {

    private HttpServer server;

    @Override
    public Map<String, String> start() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext("/", exchange -> {
        POSTS.add(exchange.getRequestHeaders().getFirst("webhook-id") + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
      });
      server.start();
      return Map.of("ANSWERPRINT_WEBHOOK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/",
          "ANSWERPRINT_WEBHOOK_SECRET", "a secret of twenty-four bytes", "ANSWERPRINT_WEBHOOK_LOCAL", "true");
    }

    @Override
    public void stop() {
      server.stop(0);
    }
  }
}
