package org.answerprint.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ObjectStoreTest {
  private static LocalStack stack;
  private static S3Client s3;

  @BeforeAll
  static void connect() {
    stack = SharedStack.get();
    s3 = Clients.s3(stack);
  }

  @AfterAll
  static void disconnect() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.txt", "with space/a+b.mp4", "100%25 sure.mov", "übung/影片 😀.mkv", "a=b&c?d#e.txt"})
  void keepsObjectsUnderOddKeys(String name) {
    String key = "odd/" + name;
    put(key, name);

    assertThat(get(key)).isEqualTo(name);
    assertThat(list("odd/")).contains(key);
  }

  @Test
  void letsExactlyOneOfEightWritersCreateAnObject() throws Exception {
    for (int round = 0; round < 15; round++) {
      String key = "race/" + round;
      List<Boolean> won = together(8, writer -> creates(key, "writer " + writer));

      assertThat(won).containsOnlyOnce(true);
      assertThat(get(key)).isEqualTo("writer " + won.indexOf(true));
    }
  }

  @Test
  void losesNoUpdateOfAConditionalPut() throws Exception {
    String key = "counter";
    put(key, "0");

    together(6, _ -> {
      for (int i = 0; i < 15; i++) {
        while (!increments(key)) {
          Thread.onSpinWait();
        }
      }
      return true;
    });

    assertThat(get(key)).isEqualTo("90");
  }

  @Test
  void refusesAConditionOnAMissingObject() {
    assertThatThrownBy(() -> s3.putObject(b -> b.bucket(stack.workBucket()).key("missing").ifMatch("\"00\""),
        RequestBody.fromString("x"))).isInstanceOf(NoSuchKeyException.class);
    assertThat(list("missing")).isEmpty();
  }

  @Test
  void givesReadersWholeObjectsWhileTheyAreOverwritten() throws Exception {
    String key = "overwritten";
    put(key, "a".repeat(100_000));
    AtomicBoolean reading = new AtomicBoolean(true);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = executor.submit(() -> {
        for (int i = 0; reading.get(); i++) {
          put(key, Character.toString('a' + i % 26).repeat(100_000 + i % 7));
        }
      });
      // the client also compares the body with the checksum or length of the headers
      for (int i = 0; i < 150; i++) {
        byte[] body = s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key(key)).asByteArray();
        assertThat(body.length).isGreaterThanOrEqualTo(100_000);
        assertThat(body).containsOnly(body[0]);
      }
      reading.set(false);
      writer.get();
    }
  }

  @Test
  void listsNoUnfinishedUploads() throws Exception {
    String upload = s3.createMultipartUpload(b -> b.bucket(stack.workBucket()).key("parts/big")).uploadId();
    s3.uploadPart(b -> b.bucket(stack.workBucket()).key("parts/big").uploadId(upload).partNumber(1),
        RequestBody.fromString("part"));

    assertThat(list("")).noneMatch(key -> key.contains("big") || key.contains(upload));
    s3.abortMultipartUpload(b -> b.bucket(stack.workBucket()).key("parts/big").uploadId(upload));
  }

  @Test
  void deletesAndReadsRanges() {
    put("ranged", "0123456789");

    assertThat(s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key("ranged").range("bytes=2-4"))
        .asUtf8String()).isEqualTo("234");
    s3.deleteObject(b -> b.bucket(stack.workBucket()).key("ranged"));
    assertThatThrownBy(() -> get("ranged")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void refusesWrongKeys() {
    try (S3Client wrongSecret = Clients.s3(stack, stack.accessKey(), "wrong");
        S3Client wrongIdentity = Clients.s3(stack, "wrong", stack.secretKey())) {
      for (S3Client client : List.of(wrongSecret, wrongIdentity)) {
        assertThatThrownBy(() -> client.putObject(
            b -> b.bucket(stack.workBucket()).key("stolen"), RequestBody.fromString("x")))
            .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      }
    }
    assertThat(list("stolen")).isEmpty();
  }

  @Test
  void refusesRequestsWithoutASignature() throws Exception {
    put("private", "secret");
    URI object = stack.s3Endpoint().resolve("/" + stack.workBucket() + "/private");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(object).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "a/../../escaped", "../../escaped", "a/../../answerprint-out/escaped"})
  void keepsKeysInsideTheirBucket(String key) throws Exception {
    assertThatThrownBy(() -> put(key, "x")).isInstanceOf(S3Exception.class);

    try (Stream<Path> files = Files.walk(stack.dataFolder())) {
      assertThat(files.filter(file -> file.getFileName().toString().equals("escaped"))).isEmpty();
    }
  }

  private static void put(String key, String body) {
    s3.putObject(b -> b.bucket(stack.workBucket()).key(key), RequestBody.fromString(body));
  }

  private static String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key(key)).asUtf8String();
  }

  private static List<String> list(String prefix) {
    return s3.listObjectsV2Paginator(b -> b.bucket(stack.workBucket()).prefix(prefix))
        .contents().stream().map(S3Object::key).toList();
  }

  private static boolean creates(String key, String body) {
    return succeeds(() -> s3.putObject(
        b -> b.bucket(stack.workBucket()).key(key).ifNoneMatch("*"), RequestBody.fromString(body)));
  }

  private static boolean increments(String key) {
    var now = s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key(key));
    byte[] next = Integer.toString(Integer.parseInt(now.asUtf8String()) + 1).getBytes(StandardCharsets.US_ASCII);
    return succeeds(() -> s3.putObject(
        b -> b.bucket(stack.workBucket()).key(key).ifMatch(now.response().eTag()), RequestBody.fromBytes(next)));
  }

  private static boolean succeeds(Runnable put) {
    try {
      put.run();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 412) {
        return false;
      }
      throw e;
    }
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> together(int count, Numbered<T> action) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      List<Callable<T>> calls = new ArrayList<>();
      IntStream.range(0, count).forEach(number -> calls.add(() -> action.run(number)));
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
