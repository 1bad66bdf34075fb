package org.answerprint.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.storage.MemoryObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a store in memory: what is asked of a store here is held against S3 by the store's own contract. */
class BundleBucketTest {

  private static final String BUCKET = "work";

  @TempDir
  Path root;

  @TempDir
  Path folder;

  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
  private final BundleBucket bucket = new BundleBucket(store, BUCKET);
  private Bundle bundle;

  @BeforeEach
  void aBundleHere() {
    Checkpoints.whole(folder);
    bundle = cache("here").add(CheckpointReader.read(folder, Checkpoints.CONTENT, false), "sd15").bundle();
  }

  @Test
  void aBundleGoesToAnotherMachineByNameAndDigest() {
    assertThat(bucket.put(bundle, "sd15")).isTrue();
    String digest = bucket.digest("sd15").orElseThrow();
    Bundle there = cache("there").fetch(digest, bucket);

    assertThat(digest).isEqualTo(bundle.manifest().digest());
    assertThat(there.manifest()).isEqualTo(bundle.manifest());
    assertThat(there.damage()).isEmpty();
    assertThat(bucket.manifest(digest)).contains(bundle.manifest());
    assertThat(bucket.names()).containsExactly(Map.entry("sd15", digest));
    assertThat(cache("there").manifests()).isEmpty();
  }

  @Test
  void whatIsThereIsNotSentAgain() {
    bucket.put(bundle, "one");

    assertThat(bucket.put(bundle, "two")).isFalse();
    assertThat(bucket.names()).containsOnlyKeys("one", "two");
  }

  @Test
  void whatIsHereIsNotFetched() {
    String digest = bundle.manifest().digest();

    assertThat(cache("here").fetch(digest, bucket)).isEqualTo(bundle);
  }

  @Test
  void aBundleThatIsNowhereIsRefused() {
    assertThat(bucket.digest("sd15")).isEmpty();
    assertThatThrownBy(() -> cache("there").fetch(bundle.manifest().digest(), bucket)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("neither on this machine nor in the bucket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundle.json", "unet/config.json"})
  void whatWasChangedInTheBucketIsRefusedAndLeavesNothing(String path) throws IOException {
    bucket.put(bundle, "sd15");
    String digest = bundle.manifest().digest();
    store.put(BUCKET, "models/bundles/" + digest + "/" + path, "{}".getBytes(StandardCharsets.UTF_8), "text/plain");

    assertThatThrownBy(() -> cache("there").fetch(digest, bucket)).isInstanceOf(RequestFault.class).hasMessageContaining("is damaged");
    try (Stream<Path> left = Files.list(root.resolve("there/bundles"))) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".lock");
    }
  }

  @Test
  void aManifestThatLeadsOutOfItsFolderIsRefused() {
    bucket.put(bundle, "sd15");
    String digest = bundle.manifest().digest();
    String json = new String(bundle.manifest().json(), StandardCharsets.UTF_8).replace("unet/config.json", "../../config.json");
    store.put(BUCKET, "models/bundles/" + digest + "/bundle.json", json.getBytes(StandardCharsets.UTF_8), "application/json");

    assertThatThrownBy(() -> cache("there").fetch(digest, bucket)).isInstanceOf(RequestFault.class);
  }

  @Test
  void severalWorkersThatWantABundleAtOnceAllGetIt() throws Exception {
    bucket.put(bundle, "sd15");
    String digest = bundle.manifest().digest();
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      List<Future<Bundle>> fetched = new ArrayList<>();
      BundleCache shared = cache("there");
      for (int i = 0; i < 4; i++) {
        fetched.add(workers.submit(() -> shared.fetch(digest, bucket)));
      }
      for (Future<Bundle> each : fetched) {
        assertThat(each.get().damage()).isEmpty();
      }
    }
  }

  private BundleCache cache(String name) {
    return new BundleCache(root.resolve(name));
  }
}
