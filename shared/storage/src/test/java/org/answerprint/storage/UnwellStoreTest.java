package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.launcher.BadLine;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real client and a real server, and between them a line that goes bad. */
@Timeout(120)
class UnwellStoreTest {

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(100);
  private static final byte[] SLOW_DOWN = """
      HTTP/1.1 503 Slow Down\r
      Content-Type: application/xml\r
      Connection: close\r
      \r
      <?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>
      """.getBytes(StandardCharsets.US_ASCII);

  @TempDir
  private Path files;

  private final LocalStack stack = SharedStack.objectStore();
  private final String key = "unwell/" + UUID.randomUUID();
  private final byte[] film = new byte[300_000];
  private BadLine line;
  private S3ObjectStore direct;

  @BeforeEach
  void land() {
    new Random(7).nextBytes(film);
    line = BadLine.to(stack.s3Endpoint().getPort());
    direct = new S3ObjectStore(settings(stack.s3Endpoint(), LONG));
    direct.put(stack.workBucket(), key, film, "video/mp4");
  }

  @AfterEach
  void hangUp() {
    line.close();
    direct.close();
  }

  private StorageSettings settings(URI endpoint, Duration patience) {
    return new StorageSettings(Optional.of(endpoint), stack.region(),
        Optional.of(new StorageSettings.Credentials(stack.accessKey(), stack.secretKey())), Buckets.prefixed("answerprint"), patience);
  }

  private S3ObjectStore store(Duration patience) {
    return S3Parts.nervous(settings(URI.create("http://127.0.0.1:" + line.port()), patience));
  }

  private String tag() {
    return direct.head(stack.workBucket(), key).orElseThrow().tag();
  }

  private byte[] range(ObjectStore store, int position, int length) {
    byte[] into = new byte[length];
    assertThat(store.read(stack.workBucket(), key, tag(), position, into, 0, length)).isEqualTo(length);
    return into;
  }

  @Test
  void aReadThatIsCutInTheMiddleGoesOnWhereItWasCut() {
    try (ObjectStore store = store(LONG)) {
      line.cutAfter(60_000);
      assertThat(range(store, 1000, 250_000)).isEqualTo(Arrays.copyOfRange(film, 1000, 251_000));
      line.resetAfter(60_000);
      assertThat(range(store, 1000, 250_000)).isEqualTo(Arrays.copyOfRange(film, 1000, 251_000));
      assertThat(line.connections()).as("five pieces each").isBetween(8, 16);
    }
  }

  @Test
  void aFileThatIsCutOnTheWayArrivesWhole() throws IOException {
    try (ObjectStore store = store(LONG)) {
      line.cutAfter(60_000);
      assertThat(store.download(stack.workBucket(), key, files.resolve("film"))).isTrue();
    }
    assertThat(Files.readAllBytes(files.resolve("film"))).isEqualTo(film);
    assertThat(files.toFile().list()).containsExactly("film");
  }

  @Test
  void whatIsAlwaysCutIsNeverTakenForWhole() {
    try (ObjectStore store = store(SHORT)) {
      line.cutAfter(20_000);
      assertThatThrownBy(() -> store.get(stack.workBucket(), key, 1 << 20))
          .isInstanceOf(TransientFault.class).hasMessageContaining("broke off");
      line.cutAfter(100);
      assertThatThrownBy(() -> store.download(stack.workBucket(), key, files.resolve("film"))).isInstanceOf(TransientFault.class);
    }
    assertThat(files.toFile().list()).as("nothing half-written").isEmpty();
  }

  @Test
  void aVersionIsNeverMixedWithTheOneThatReplacesIt() {
    byte[] other = new byte[film.length];
    try (ObjectStore store = store(LONG)) {
      String old = tag();
      line.cutAfter(60_000);
      direct.put(stack.workBucket(), key, other, "video/mp4");
      assertThatThrownBy(() -> store.read(stack.workBucket(), key, old, 0, new byte[200_000], 0, 200_000))
          .isInstanceOf(RequestFault.class).hasMessageContaining("was replaced while it was being read");
    }
  }

  @Test
  void aFileThatIsReplacedOnTheWayIsNeverMixed() {
    byte[] other = new byte[film.length];
    try (ObjectStore store = store(LONG)) {
      line.trickle(30_000, Duration.ofMillis(300));
      CompletableFuture<Boolean> copy = CompletableFuture.supplyAsync(
          () -> store.download(stack.workBucket(), key, files.resolve("film")));
      awaitConnection();
      line.drop();
      direct.put(stack.workBucket(), key, other, "video/mp4");
      line.mend();
      assertThat(copy.handle((done, fault) -> fault == null
          ? content("film") : String.valueOf(fault.getCause().getMessage()).getBytes(StandardCharsets.UTF_8)).join())
          .satisfiesAnyOf(
              bytes -> assertThat(bytes).isEqualTo(film),
              bytes -> assertThat(bytes).isEqualTo(other),
              bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("was replaced"));
    }
  }

  private byte[] content(String name) {
    try {
      return Files.readAllBytes(files.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void awaitConnection() {
    awaitConnections(1);
  }

  private void awaitConnections(int count) {
    Awaitility.await(count + " connections").pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(60))
        .until(() -> line.connections() >= count);
  }

  @Test
  void aStoreThatIsAwayIsWaitedForByEveryVerb() {
    try (ObjectStore store = store(LONG)) {
      for (Runnable trouble : List.<Runnable>of(line::drop, line::swallow, () -> line.answer(SLOW_DOWN))) {
        int before = line.connections();
        trouble.run();
        List<CompletableFuture<Object>> calls = everyVerb(store).stream()
            .map(verb -> CompletableFuture.supplyAsync(verb, Thread::startVirtualThread)).toList();
        awaitConnections(before + 8);
        line.mend();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isNotNull());
      }
    }
  }

  private List<java.util.function.Supplier<Object>> everyVerb(ObjectStore store) {
    String bucket = stack.workBucket();
    String fresh = key + "-" + UUID.randomUUID();
    return List.of(
        () -> store.head(bucket, key),
        () -> store.get(bucket, key, 1 << 20),
        () -> range(store, 0, 1000),
        () -> store.putIfAbsent(bucket, fresh, film, "video/mp4"),
        () -> store.replace(bucket, fresh + ".json", Optional.empty(), new byte[10], "application/json"));
  }

  @Test
  void aStoreThatStaysAwayIsAFaultAndIsNotStormed() {
    try (ObjectStore store = store(SHORT)) {
      line.drop();
      fails(() -> store.head(stack.workBucket(), key), "cannot be reached");
      assertThat(line.connections()).as("tries in two seconds").isBetween(3, 12);
      line.answer(SLOW_DOWN);
      fails(() -> store.putIfAbsent(stack.workBucket(), key, film, "video/mp4"), "503", "reduce your request rate");
      line.swallow();
      fails(() -> store.get(stack.workBucket(), key, 1 << 20), "cannot be reached");
    }
  }

  @Test
  void aServerThatTricklesIsAFaultAndHoldsNobodyForEver() {
    try (ObjectStore store = store(SHORT)) {
      line.trickle(40, Duration.ofMillis(20));
      fails(() -> range(store, 0, 250_000), "bytes came in");
      fails(() -> store.get(stack.workBucket(), key, 1 << 20), "bytes came in");
    }
  }

  private static void fails(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(TransientFault.class).hasMessageContainingAll(words);
  }

  @Test
  void aFullDiskIsTroubleOfThisMachineAndNotOfTheStore() {
    assertThatThrownBy(() -> WholeFile.write(files.resolve("x"), out -> {
      throw new java.io.UncheckedIOException(new IOException("No space left on device"));
    })).isInstanceOf(IOException.class).hasMessage("No space left on device");
    assertThat(files.toFile().list()).isEmpty();
  }
}
