package org.answerprint.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class UploadFunctionTest {

  @Inject Stage stage;

  @Test
  void whoeverAsksMayLandTheFileWithoutKeys() throws Exception {
    byte[] film = Films.toybox(12, 7);
    ValidatableResponse answer = post("{\"key\": \"upload/a film.mp4\", \"size\": %d}".formatted(film.length));
    answer.body("status", equalTo("signed")).body("method", equalTo("PUT")).body("headers.'if-none-match'", equalTo("*"))
        .body("headers.'content-length'", equalTo(Integer.toString(film.length)));

    assertThat(put(answer.extract().path("url"), film)).isEqualTo(200);
    assertThat(stage.store().head(stage.jobs().buckets().in(), "upload/a film.mp4").orElseThrow().size()).isEqualTo(film.length);
  }

  @Test
  void aSmallerFileThanWasSaidIsRefusedByTheStore() throws Exception {
    String url = post("{\"key\": \"upload/small.mp4\", \"size\": 9}").extract().path("url");

    assertThat(put(url, new byte[8])).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\": \"a.mp4\"}", "{\"size\": 3}", "{\"key\": \"a.mp4\", \"size\": \"3\"}", "{\"key\": \"a.mp4\", \"size\": 1.5}", "[]",
      "{\"key\": \"a.mp4\", \"size\": 3, \"seconds\": \"long\"}", "{\"key\": \"a.mp4\", \"size\": 3, \"replace\": 1}"})
  void whatIsNoWishIsAnsweredWithOne(String wish) {
    post(wish).body("status", equalTo("rejected")).body("reason", containsString("\"key\": \"clips/a.mp4\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\": \"../a.mp4\", \"size\": 3}", "{\"key\": \"a.mp4\", \"size\": 0}", "{\"key\": \"a.mp4\", \"size\": 5000000001}",
      "{\"key\": \"a.mp4\", \"size\": 3, \"seconds\": 901}"})
  void whatIsNotSignedIsRejectedInWords(String wish) {
    post(wish).body("status", equalTo("rejected")).body("url", equalTo(null));
  }

  private static ValidatableResponse post(String wish) {
    return given().headers(Events.headers(UploadFunction.TYPE, Integer.toString(wish.hashCode()))).body(wish).post("/").then().statusCode(200);
  }

  private static int put(String url, byte[] bytes) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(url)).header("If-None-Match", "*").PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
          HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
