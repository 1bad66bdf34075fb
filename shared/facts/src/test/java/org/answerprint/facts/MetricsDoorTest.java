package org.answerprint.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsDoorTest {

  private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final MetricsDoor door = MetricsDoor.open(meters, 0, trouble::get);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    door.close();
  }

  @Test
  void showsFactsStagesAndWorkInFlightUnderTheirPublishedNames() throws Exception {
    new FactLog(meters).say(FactLine.of("shot_edited", "ab12"));
    StageClock stages = new StageClock(meters);
    stages.time("edit", () -> "take");
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("answerprint_facts_total{fact=\"shot_edited\"} 1.0")
        .contains("answerprint_stage_seconds_count{outcome=\"done\",stage=\"edit\"} 1")
        .contains("answerprint_work_in_flight{stage=\"edit\"} 0.0");
  }

  @Test
  void saysWhetherAllIsWellAndWhatIsNot() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"up\"}");
    trouble.set(Optional.of("the bucket is away"));
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health").body()).contains("\"trouble\":\"the bucket is away\"");
  }

  @Test
  void answersNothingElse() throws Exception {
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
    HttpRequest post = request("/metrics").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void refusesAPortThatIsInUse() {
    assertThatThrownBy(() -> MetricsDoor.open(meters, door.port(), Optional::empty))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("port " + door.port());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
  }
}
