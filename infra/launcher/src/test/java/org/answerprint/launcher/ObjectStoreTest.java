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
import java.time.Duration;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

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

  /** Keys that are more than names to a file system; to S3 they are names. */
  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "a/../../escaped", "../../escaped", "a/../../answerprint-out/escaped", "..", ".", "./escaped",
      "/escaped", "//escaped", "a//escaped", "escaped/", "a\\..\\escaped", "%2e%2e%2fescaped", "..%2Fescaped", "a\u0001escaped",
      ".lock", ".s3proxy-slash", ".s3proxy-versions/x"})
  void keepsKeysInsideTheirBucket(String name) throws Exception {
    String key = name;
    long before = filesOutside();
    try {
      put(key, name);
    } catch (IllegalArgumentException | S3Exception | software.amazon.awssdk.core.exception.SdkClientException refused) {
      // the client or the server may refuse some of them; what counts is where nothing appears
      assertThat(filesOutside()).isEqualTo(before);
      return;
    }
    assertThat(get(key)).isEqualTo(name);
    copyAndJoin(key);
    s3.deleteObject(b -> b.bucket(stack.workBucket()).key(key));
    assertThat(filesOutside()).isEqualTo(before);
  }

  /** By copies and in parts too. */
  private static void copyAndJoin(String key) {
    String work = stack.workBucket();
    s3.copyObject(b -> b.sourceBucket(work).sourceKey(key).destinationBucket(work).destinationKey("copied"));
    assertThat(get("copied")).isEqualTo(get(key));
    String upload = s3.createMultipartUpload(b -> b.bucket(work).key(key)).uploadId();
    String tag = s3.uploadPart(b -> b.bucket(work).key(key).uploadId(upload).partNumber(1), RequestBody.fromString("part")).eTag();
    s3.completeMultipartUpload(b -> b.bucket(work).key(key).uploadId(upload)
        .multipartUpload(m -> m.parts(software.amazon.awssdk.services.s3.model.CompletedPart.builder().partNumber(1).eTag(tag).build())));
    assertThat(get(key)).isEqualTo("part");
  }

  private static long filesOutside() throws Exception {
    Path inside = stack.dataFolder().resolve("objects/buckets").resolve(stack.workBucket());
    try (Stream<Path> files = Files.walk(stack.dataFolder().resolve("objects").getParent())) {
      return files.filter(file -> !file.startsWith(inside) && file.toString().contains("escaped")).count();
    }
  }

  @Test
  void keepsAKeyBesideTheKeysBelowIt() {
    for (String key : List.of("both", "both/", "both/b", "both/b/c", "both.txt")) {
      put(key, key);
    }

    assertThat(list("both")).containsExactly("both", "both.txt", "both/", "both/b", "both/b/c");
    s3.deleteObject(b -> b.bucket(stack.workBucket()).key("both/b"));
    assertThat(list("both")).containsExactly("both", "both.txt", "both/", "both/b/c");
    assertThat(get("both")).isEqualTo("both");
    assertThat(get("both/b/c")).isEqualTo("both/b/c");
  }

  @Test
  void keepsKeysOfAThousandBytes() {
    String part = "ä".repeat(100) + "%".repeat(200) + "x".repeat(600);
    for (String key : List.of("l".repeat(1024), "long/" + part, "long/" + part + "/y", "long/" + part.substring(0, 250) + "/z")) {
      put(key, key);
      assertThat(get(key)).isEqualTo(key);
    }
    assertThat(list("long/")).containsExactly("long/" + part, "long/" + part + "/y", "long/" + part.substring(0, 250) + "/z");
    assertThatThrownBy(() -> put("l".repeat(1025), "x")).isInstanceOf(S3Exception.class);
  }

  @Test
  void listsPagesInTheOrderOfTheirBytes() {
    List<String> keys = List.of("order/!", "order/a", "order/a!", "order/a/1", "order/a/2", "order/a0", "order/b/1", "order/ü",
        "order/\uffee", "order/😀");
    keys.reversed().forEach(key -> put(key, "x"));

    List<String> paged = s3.listObjectsV2Paginator(b -> b.bucket(stack.workBucket()).prefix("order/").maxKeys(2))
        .contents().stream().map(S3Object::key).toList();
    assertThat(paged).isEqualTo(keys);
    List<String> rolled = new ArrayList<>();
    s3.listObjectsV2Paginator(b -> b.bucket(stack.workBucket()).prefix("order/").delimiter("/").maxKeys(1)).forEach(page -> {
      page.contents().forEach(object -> rolled.add(object.key()));
      page.commonPrefixes().forEach(common -> rolled.add(common.prefix()));
    });
    assertThat(rolled).containsExactly("order/!", "order/a", "order/a!", "order/a/", "order/a0", "order/b/", "order/ü",
        "order/\uffee", "order/😀");
    assertThat(s3.listObjectsV2(b -> b.bucket(stack.workBucket()).prefix("order/").startAfter("order/a/1").delimiter("/")).commonPrefixes())
        .extracting(common -> common.prefix()).containsExactly("order/a/", "order/b/");
  }

  @Test
  void followsNoSymbolicLinkOutOfTheBucket() throws Exception {
    Path bucket = stack.dataFolder().resolve("objects/buckets").resolve(stack.workBucket());
    Path outside = Files.createDirectory(stack.dataFolder().resolve("outside"));
    Files.writeString(outside.resolve("canary"), "secret");
    Files.createSymbolicLink(bucket.resolve("linked%2F"), outside);
    Files.createSymbolicLink(bucket.resolve("linked.txt"), outside.resolve("canary"));
    put("plain.txt", "x");

    for (String key : List.of("linked/canary", "linked.txt")) {
      assertThatThrownBy(() -> get(key)).isInstanceOf(S3Exception.class);
      assertThatThrownBy(() -> put(key, "overwritten")).isInstanceOf(S3Exception.class);
      assertThatThrownBy(() -> s3.deleteObject(b -> b.bucket(stack.workBucket()).key(key))).isInstanceOf(S3Exception.class);
      assertThatThrownBy(() -> s3.copyObject(b -> b.sourceBucket(stack.workBucket()).sourceKey(key)
          .destinationBucket(stack.workBucket()).destinationKey("stolen"))).isInstanceOf(S3Exception.class);
      assertThatThrownBy(() -> copyAndJoin(key)).isInstanceOf(S3Exception.class);
    }
    assertThatThrownBy(() -> put("linked/new", "x")).isInstanceOf(S3Exception.class);
    assertThat(list("linked")).isEmpty();
    assertThat(list("")).doesNotContain("linked.txt", "linked/canary").contains("plain.txt");
    assertThat(outside.toFile().list()).containsExactly("canary");
    assertThat(Files.readString(outside.resolve("canary"))).isEqualTo("secret");
    Files.delete(bucket.resolve("linked%2F"));
    Files.delete(bucket.resolve("linked.txt"));
  }

  @Test
  void refusesAnUploadIdThatIsAPath() throws Exception {
    assertThatThrownBy(() -> s3.uploadPart(b -> b.bucket(stack.workBucket()).key("b").uploadId("x/../../../a").partNumber(1),
        RequestBody.fromString("x"))).isInstanceOf(S3Exception.class);
    assertThat(list("a-b")).isEmpty();
  }

  @Test
  void takesPresignedRequestsOfItsOwnKeyOnly() throws Exception {
    put("presigned", "secret");
    assertThat(presigned(stack.secretKey())).isEqualTo(200);
    assertThat(presigned("wrong")).isEqualTo(403);
  }

  private static int presigned(String secret) throws Exception {
    try (S3Presigner presigner = S3Presigner.builder().endpointOverride(stack.s3Endpoint()).region(Region.of(stack.region()))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(stack.accessKey(), secret))).build();
        HttpClient client = HttpClient.newHttpClient()) {
      var url = presigner.presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
          .getObjectRequest(g -> g.bucket(stack.workBucket()).key("presigned"))).url();
      return client.send(HttpRequest.newBuilder(url.toURI()).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
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
