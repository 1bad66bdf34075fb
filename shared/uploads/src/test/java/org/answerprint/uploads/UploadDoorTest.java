package org.answerprint.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.faults.RequestFault;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.ObjectStore;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed here is sent to a real S3 server as somebody without keys sends it: by a socket, so that every header can be wrong. */
class UploadDoorTest {

  private static final UploadRules RULES = new UploadRules(1000, Duration.ofMinutes(15));

  private static LocalStack stack;
  private static ObjectStore store;
  private static UploadDoor door;

  @BeforeAll
  static void open() {
    stack = SharedStack.objectStore();
    StorageSettings settings = settings();
    store = new S3ObjectStore(settings);
    door = new UploadDoor(settings, RULES);
  }

  @AfterAll
  static void close() {
    door.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"door/film.mp4", "door/a film+more, ünd %25.mp4", "door/日本/~'(x)!*.mkv"})
  void anUploadOfTheSignedSizeLandsUnderItsKey(String key) throws IOException {
    SignedUpload upload = door.sign(wish(key, 5));

    assertThat(upload.method()).isEqualTo("PUT");
    assertThat(upload.headers()).containsEntry("content-length", "5").containsEntry("if-none-match", "*");
    assertThat(send(upload.url(), upload.headers(), "12345")).isEqualTo(200);
    assertThat(store.get(in(), key, 100)).hasValueSatisfying(bytes -> assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("12345"));
  }

  @Test
  void anUploadOfAnotherSizeIsRefusedByTheStore() throws IOException {
    SignedUpload upload = door.sign(wish("door/size.mp4", 5));

    assertThat(send(upload.url(), with(upload, "content-length", "6"), "123456")).isEqualTo(403);
    assertThat(send(upload.url(), with(upload, "content-length", "4"), "1234")).isEqualTo(403);
    assertThat(store.head(in(), "door/size.mp4")).isEmpty();
  }

  @Test
  void anUploadInChunksOfUnknownSizeIsRefusedByTheStore() throws IOException {
    SignedUpload upload = door.sign(wish("door/chunks.mp4", 5));
    Map<String, String> headers = with(upload, "transfer-encoding", "chunked");
    headers.remove("content-length");

    assertThat(send(upload.url(), headers, "A\r\n1234567890\r\n0\r\n\r\n")).isGreaterThanOrEqualTo(400);
    assertThat(store.head(in(), "door/chunks.mp4")).isEmpty();
  }

  @Test
  void whatComesBehindTheSignedSizeIsNotStored() throws IOException {
    SignedUpload upload = door.sign(wish("door/behind.mp4", 5));

    send(upload.url(), upload.headers(), "12345 and a lot more");
    assertThat(store.head(in(), "door/behind.mp4").orElseThrow().size()).isEqualTo(5);
  }

  @Test
  void anUploadIsGoodOnceAndReplacesNothing() throws IOException {
    SignedUpload upload = door.sign(wish("door/once.mp4", 5));
    assertThat(send(upload.url(), upload.headers(), "12345")).isEqualTo(200);

    assertThat(send(upload.url(), upload.headers(), "54321")).isEqualTo(412);
    Map<String, String> bare = new TreeMap<>(upload.headers());
    bare.remove("if-none-match");
    assertThat(send(upload.url(), bare, "54321")).isEqualTo(403);
    assertThat(store.get(in(), "door/once.mp4", 100)).hasValueSatisfying(bytes -> assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("12345"));
  }

  @Test
  void whoAsksToReplaceMayReplace() throws IOException {
    store.put(in(), "door/replaced.mp4", new byte[3], "video/mp4");
    SignedUpload upload = door.sign(new UploadWish("door/replaced.mp4", 5, true, Optional.empty()));

    assertThat(upload.headers()).doesNotContainKey("if-none-match");
    assertThat(send(upload.url(), upload.headers(), "12345")).isEqualTo(200);
  }

  @Test
  void anotherKeyAnotherMethodAndAnotherTimeHaveNoSignature() throws IOException {
    SignedUpload upload = door.sign(wish("door/mine.mp4", 5));
    URI other = URI.create(upload.url().toString().replace("mine.mp4", "yours.mp4"));
    URI longer = URI.create(upload.url().toString().replace("X-Amz-Expires=900", "X-Amz-Expires=90000"));

    assertThat(send(other, upload.headers(), "12345")).isEqualTo(403);
    assertThat(send(longer, upload.headers(), "12345")).isEqualTo(403);
    assertThat(send("GET", upload.url(), Map.of(), "")).isEqualTo(403);
    assertThat(store.head(in(), "door/mine.mp4")).isEmpty();
  }

  @Test
  void aSignatureLastsAsLongAsTheRulesSayOrLess() {
    assertThat(door.sign(wish("door/a.mp4", 5)).url().getQuery()).contains("X-Amz-Expires=900");
    assertThat(door.sign(new UploadWish("door/a.mp4", 5, false, Optional.of(Duration.ofSeconds(60)))).url().getQuery()).contains("X-Amz-Expires=60");
    assertThatThrownBy(() -> door.sign(new UploadWish("door/a.mp4", 5, false, Optional.of(Duration.ofMinutes(16)))))
        .isInstanceOf(RequestFault.class).hasMessageContaining("1 to 900 seconds, not 960");
  }

  @Test
  void tooMuchAndNothingAreRefusedBeforeAnythingIsSigned() {
    assertThatThrownBy(() -> door.sign(wish("door/a.mp4", 1001))).isInstanceOf(RequestFault.class).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> door.sign(wish("door/a.mp4", 0))).isInstanceOf(RequestFault.class).hasMessageContaining("0 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/a.mp4", "a/", "a//b.mp4", "../a.mp4", "a/./b.mp4", "a\\b.mp4", "a\nb.mp4", "a\u0000.mp4"})
  void whatIsNoNameOfAFileIsRefused(String key) {
    assertThatThrownBy(() -> door.sign(wish(key, 5))).isInstanceOf(RequestFault.class).hasMessageContaining("names no file");
  }

  @Test
  void aKeyThatLeavesNoRoomForTheResultsIsRefused() {
    assertThatThrownBy(() -> door.sign(wish("ü".repeat(487) + ".mp4", 5))).isInstanceOf(RequestFault.class).hasMessageContaining("shorter key");
    assertThat(door.sign(wish("ü".repeat(484) + ".mp4", 5)).url()).isNotNull();
  }

  @Test
  void rulesAreReadFromTheEnvironmentAndEveryMistakeIsNamed() {
    assertThat(UploadRules.of(Map.of())).isEqualTo(new UploadRules(UploadRules.LARGEST, Duration.ofMinutes(15)));
    assertThat(UploadRules.of(Map.of("ANSWERPRINT_UPLOAD_MAX_BYTES", "7", "ANSWERPRINT_UPLOAD_SECONDS", "60")))
        .isEqualTo(new UploadRules(7, Duration.ofMinutes(1)));
    assertThatThrownBy(() -> UploadRules.of(Map.of("ANSWERPRINT_UPLOAD_MAX_BYTES", "0", "ANSWERPRINT_UPLOAD_SECONDS", "3601")))
        .isInstanceOf(RequestFault.class).hasMessageContainingAll("ANSWERPRINT_UPLOAD_MAX_BYTES is '0'", "ANSWERPRINT_UPLOAD_SECONDS is '3601'");
  }

  private static StorageSettings settings() {
    return new StorageSettings(Optional.of(stack.s3Endpoint()), stack.region(),
        Optional.of(new StorageSettings.Credentials(stack.accessKey(), stack.secretKey())), Buckets.prefixed("answerprint"));
  }

  private static String in() {
    return settings().buckets().in();
  }

  private static UploadWish wish(String key, long bytes) {
    return new UploadWish(key, bytes, false, Optional.empty());
  }

  private static Map<String, String> with(SignedUpload upload, String header, String value) {
    Map<String, String> headers = new TreeMap<>(upload.headers());
    headers.put(header, value);
    return headers;
  }

  private static int send(URI url, Map<String, String> headers, String body) throws IOException {
    return send("PUT", url, headers, body);
  }

  private static int send(String method, URI url, Map<String, String> headers, String body) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      StringBuilder head = new StringBuilder("%s %s?%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(
          method, url.getRawPath(), url.getRawQuery(), url.getAuthority()));
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      OutputStream out = socket.getOutputStream();
      out.write(head.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(status.substring(9));
    }
  }
}
