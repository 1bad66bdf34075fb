package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3ObjectStoreTest extends ObjectStoreContract {

  private static final int PART = 5 << 20;

  /** Where deleting comes among the verbs. */
  private static final int DELETE = 10;

  private static LocalStack stack;
  private static S3Client client;
  private static ObjectStore store;

  @BeforeAll
  static void connect() {
    stack = SharedStack.objectStore();
    client = S3Clients.of(settings(stack.s3Endpoint(), stack.secretKey()));
    store = S3Parts.store(client, PART);
  }

  @AfterAll
  static void disconnect() {
    store.close();
  }

  private static StorageSettings settings(URI endpoint, String secret) {
    return new StorageSettings(Optional.of(endpoint), stack.region(),
        Optional.of(new StorageSettings.Credentials(stack.accessKey(), secret)), Buckets.prefixed("answerprint"));
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Override
  String bucket() {
    return stack.workBucket();
  }

  @Test
  void bigFilesTravelInPartsAndAreWrittenOnce() throws IOException {
    Path film = film(4 * PART + 12_345);

    assertThat(store.putIfAbsent(bucket(), key("film"), film, "video/mp4")).isTrue();
    assertThat(tag("film")).as("the tag of a file in parts").contains("-5");
    assertThat(client.headObject(r -> r.bucket(bucket()).key(key("film"))).contentType()).isEqualTo("video/mp4");
    Path copy = files.resolve("copy");
    assertThat(store.download(bucket(), key("film"), copy)).isTrue();
    assertThat(Files.mismatch(film, copy)).isEqualTo(-1);

    assertThat(store.putIfAbsent(bucket(), key("film"), film(4 * PART + 1), "video/mp4")).isFalse();
    assertThat(store.head(bucket(), key("film"))).map(ObjectInfo::size).contains(4L * PART + 12_345);
  }

  @Test
  void oneOfEightWritersOfBigFilesWinsAndNoPartIsLeft() throws Exception {
    Path film = film(4 * PART + 1);

    assertThat(together(i -> store.putIfAbsent(bucket(), key("film"), film, "video/mp4"))).filteredOn(w -> w)
        .hasSize(1);
    assertThat(client.listMultipartUploads(r -> r.bucket(bucket())).uploads())
        .noneMatch(upload -> upload.key().equals(key("film")));
  }

  @Test
  void aStoreThatDoesNotAnswerIsBrieflyUnwell() throws IOException {
    URI nobody = URI.create("http://127.0.0.1:" + freePort());
    try (ObjectStore gone = S3Parts.impatient(settings(nobody, stack.secretKey()))) {
      assertThat(everyVerb(gone, bucket())).allSatisfy(verb ->
          assertThatThrownBy(verb).isInstanceOf(TransientFault.class).hasMessageContaining("cannot be reached"));
    }
  }

  @Test
  void wrongCredentialsAreTheAskersFault() {
    try (ObjectStore stranger = S3Parts.impatient(settings(stack.s3Endpoint(), "wrong"))) {
      assertThat(everyVerb(stranger, bucket())).allSatisfy(verb ->
          assertThatThrownBy(verb).isInstanceOf(RequestFault.class).hasMessageContaining("credentials"));
    }
  }

  @Test
  void aBucketThatDoesNotExistIsTheAskersFault() {
    assertThat(everyVerb(store, "answerprint-nowhere").limit(DELETE)).as("the local server deletes quietly there")
        .allSatisfy(verb ->
        assertThatThrownBy(verb).isInstanceOf(RequestFault.class)
            .hasMessageContaining("no bucket answerprint-nowhere"));
  }

  private Stream<ThrowingCallable> everyVerb(ObjectStore asked, String bucket) {
    byte[] bytes = bytes("x");
    return Stream.of(
        () -> asked.head(bucket, "a"),
        () -> asked.get(bucket, "a", 10),
        () -> asked.read(bucket, "a", "0123456789abcdef0123456789abcdef", 0, new byte[1], 0, 1),
        () -> asked.download(bucket, "a", files.resolve("a")),
        () -> asked.putIfAbsent(bucket, "a", bytes, "text/plain"),
        () -> asked.putIfAbsent(bucket, "a", film(10), "text/plain"),
        () -> asked.replace(bucket, "a", Optional.empty(), bytes, "text/plain"),
        () -> asked.replace(bucket, "a", Optional.of("0123456789abcdef0123456789abcdef"), bytes, "text/plain"),
        () -> asked.put(bucket, "a", bytes, "text/plain"),
        () -> asked.list(bucket, "", info -> {}),
        () -> asked.delete(bucket, "a"));
  }

  private Path film(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(files.resolve("film-" + size), bytes);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
