package org.answerprint.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Answer;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.HttpCalls;
import org.answerprint.testkit.StackResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class UploadFunctionTest {

  @Inject Stage stage;
  @TestHTTPResource URI door;

  @Test
  void whoeverAsksMayLandTheFileWithoutKeys() {
    byte[] film = Films.toybox(12, 7);
    Answer answer = post("{\"key\": \"upload/a film.mp4\", \"size\": %d}".formatted(film.length));
    assertThat(answer.text("/status")).isEqualTo("signed");
    assertThat(answer.text("/method")).isEqualTo("PUT");
    assertThat(answer.text("/headers/if-none-match")).isEqualTo("*");
    assertThat(answer.text("/headers/content-length")).isEqualTo(Integer.toString(film.length));

    assertThat(put(answer.text("/url"), film)).isEqualTo(200);
    assertThat(stage.store().head(stage.jobs().buckets().in(), "upload/a film.mp4").orElseThrow().size()).isEqualTo(film.length);
  }

  @Test
  void aSmallerFileThanWasSaidIsRefusedByTheStore() {
    String url = post("{\"key\": \"upload/small.mp4\", \"size\": 9}").text("/url");

    assertThat(put(url, new byte[8])).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\": \"a.mp4\"}", "{\"size\": 3}", "{\"key\": \"a.mp4\", \"size\": \"3\"}", "{\"key\": \"a.mp4\", \"size\": 1.5}", "[]",
      "{\"key\": \"a.mp4\", \"size\": 3, \"seconds\": \"long\"}", "{\"key\": \"a.mp4\", \"size\": 3, \"replace\": 1}"})
  void whatIsNoWishIsAnsweredWithOne(String wish) {
    Answer answer = post(wish);
    assertThat(answer.text("/status")).isEqualTo("rejected");
    assertThat(answer.text("/reason")).contains("\"key\": \"clips/a.mp4\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\": \"../a.mp4\", \"size\": 3}", "{\"key\": \"a.mp4\", \"size\": 0}", "{\"key\": \"a.mp4\", \"size\": 5000000001}",
      "{\"key\": \"a.mp4\", \"size\": 3, \"seconds\": 901}"})
  void whatIsNotSignedIsRejectedInWords(String wish) {
    Answer answer = post(wish);
    assertThat(answer.text("/status")).isEqualTo("rejected");
    assertThat(answer.json().hasNonNull("url")).isFalse();
  }

  private Answer post(String wish) {
    return Events.post(door, UploadFunction.TYPE, Integer.toString(wish.hashCode()), wish).ok();
  }

  private static int put(String url, byte[] bytes) {
    return HttpCalls.send(HttpRequest.newBuilder(URI.create(url)).header("If-None-Match", "*").PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)).build())
        .code();
  }
}
