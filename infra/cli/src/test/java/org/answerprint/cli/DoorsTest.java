package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code upload-url} and {@code webhook}, as far as they need no store; the store's part is tested where they are made. */
class DoorsTest {

  private static final Map<String, String> STORE = Map.of("ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9300", "ANSWERPRINT_ACCESS_KEY", "AK",
      "ANSWERPRINT_SECRET_KEY", "SK");

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anUploadIsSignedForAFileOfThisMachineWithWhatSendsIt() throws IOException {
    Path file = Files.write(folder.resolve("clip.mp4"), new byte[7]);
    assertThat(run(STORE, "upload-url", "clips/a b.mp4", "--file", file.toString(), "--minutes", "2")).isZero();

    assertThat(out.toString()).contains("url      http://127.0.0.1:9300/answerprint-in/clips/a%20b.mp4?", "X-Amz-Expires=120",
        "header   content-length: 7", "header   if-none-match: *", "send     curl -T " + file + " -H 'if-none-match: *' '");
  }

  @Test
  void anUploadOfAStatedSizeIsSignedAsJson() throws IOException {
    assertThat(run(STORE, "upload-url", "a.mp4", "--size", "9", "--replace", "--json")).isZero();

    JsonNode signed = new ObjectMapper().readTree(out.toString());
    assertThat(signed.get("method").asText()).isEqualTo("PUT");
    assertThat(signed.get("headers")).hasToString("{\"content-length\":\"9\"}");
    assertThat(signed.get("url").asText()).contains("X-Amz-Expires=900", "X-Amz-Signature=").doesNotContain("if-none-match");
  }

  @Test
  void whatIsNotSignedIsOneSentenceAndExitCodeTwo() {
    Map<String, String> bounded = with(STORE, "ANSWERPRINT_UPLOAD_MAX_BYTES", "10");
    assertThat(run(STORE, "upload-url", "a.mp4")).isEqualTo(2);
    assertThat(run(STORE, "upload-url", "../a.mp4", "--size", "9")).isEqualTo(2);
    assertThat(run(bounded, "upload-url", "a.mp4", "--size", "11")).isEqualTo(2);
    assertThat(run(STORE, "upload-url", "a.mp4", "--size", "9", "--minutes", "61")).isEqualTo(2);
    assertThat(run(STORE, "upload-url", "a.mp4", "--file", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run(Map.of(), "upload-url", "a.mp4", "--size", "9")).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(6);
    assertThat(err.toString()).contains("names no file", "1 to 10", "1 to 3600 seconds", "none that can be read", "start ./answerprint up");
  }

  @Test
  void withoutAnAddressThereIsNobodyToTell() {
    assertThat(run(STORE, "webhook")).isZero();
    assertThat(out.toString()).contains("replay");
    assertThat(run(STORE, "webhook", "replay", "abcd")).isEqualTo(2);
    assertThat(run(with(STORE, "ANSWERPRINT_WEBHOOK_URL", "http://127.0.0.1/"), "webhook", "replay", "abcd")).isEqualTo(2);
    assertThat(err.toString()).contains("set ANSWERPRINT_WEBHOOK_URL", "ANSWERPRINT_WEBHOOK_LOCAL=true");
  }

  @Test
  void whatTheFunctionsWouldEndOverIsSaidBeforeAnythingStarts() {
    assertThat(run(Map.of("ANSWERPRINT_WEBHOOK_URL", "https://hooks.example.com/"), "up", "--workers", "1")).isEqualTo(2);
    assertThat(run(Map.of("ANSWERPRINT_UPLOAD_SECONDS", "0"), "up", "--workers", "1")).isEqualTo(2);
    assertThat(run(Map.of("ANSWERPRINT_CURRENCY", "euro"), "up", "--workers", "1")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(3);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private static Map<String, String> with(Map<String, String> environment, String name, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(name, value);
    return all;
  }

  private int run(Map<String, String> environment, String... arguments) {
    String[] all = arguments.length < 2 ? arguments
        : Stream.concat(Arrays.stream(arguments), Stream.of("--data", folder.resolve("data").toString())).toArray(String[]::new);
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, all);
  }
}
