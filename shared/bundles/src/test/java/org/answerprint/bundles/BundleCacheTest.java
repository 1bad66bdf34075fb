package org.answerprint.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCacheTest {

  @TempDir
  Path root;

  @TempDir
  Path folder;

  private BundleCache cache;

  @BeforeEach
  void aCheckpointAndACache() {
    Checkpoints.whole(folder);
    cache = new BundleCache(root.resolve("models"));
  }

  @Test
  void keepsACheckpointUnderItsDigestAndItsName() {
    BundleCache.Imported imported = cache.add(read(), "sd15");
    assertThat(imported.copied()).isTrue();
    Bundle bundle = new BundleCache(root.resolve("models")).named("sd15");
    assertThat(bundle).isEqualTo(imported.bundle());
    assertThat(cache.find(bundle.manifest().digest())).contains(bundle);
    assertThat(bundle.folder()).hasFileName(bundle.manifest().digest());
    assertThat(bundle.manifest().licence()).isEqualTo(Licence.RAIL);
    assertThat(bundle.component("unet")).isEqualTo(new BundleComponent(ComponentKind.IMAGE_UNET,
        "unet/diffusion_pytorch_model.safetensors", List.of(new PortedLayer("u1a0", 4, 1280, 20))));
    try (Tensors vae = bundle.open("vae")) {
      assertThat(vae.get("a").toFloats()).containsExactly(3);
    }
    assertThat(bundle.config("text_encoder").path("architectures").path(0).asText()).isEqualTo("CLIPTextModel");
    assertThat(bundle.tokenizer()).isPresent();
    assertThat(bundle.scheduler()).isPresent();
    assertThat(bundle.damage()).isEmpty();
    assertThatThrownBy(() -> bundle.component("depth_estimator")).isInstanceOf(RequestFault.class)
        .hasMessageContaining("text_encoder, unet, vae");
  }

  @Test
  void copiesTheSameWeightsOnceWhateverTheyAreCalled() throws IOException {
    Bundle first = cache.add(read(), "one").bundle();
    FileTime written = Files.getLastModifiedTime(first.folder());
    BundleCache.Imported again = cache.add(read(), "two");
    assertThat(again.copied()).isFalse();
    assertThat(again.bundle()).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first.folder())).isEqualTo(written);
    assertThat(cache.manifests()).containsOnlyKeys("one", "two");
    Checkpoints.weights(folder.resolve("unet/diffusion_pytorch_model.safetensors"), 1.5f);
    BundleCache.Imported changed = cache.add(read(), "two");
    assertThat(changed.copied()).isTrue();
    assertThat(cache.named("two")).isNotEqualTo(cache.named("one"));
  }

  @Test
  void takesWhatWasPutTogetherInAWorkspaceWithoutACopyAndWithoutLinks() throws IOException {
    Path weights = folder.resolve("unet/diffusion_pytorch_model.safetensors");
    Bundle bundle = cache.inWorkspace(work -> {
      try {
        for (String part : List.of("text_encoder", "vae", "tokenizer", "scheduler")) {
          Files.createSymbolicLink(work.resolve(part), folder.resolve(part));
        }
        Files.createDirectory(work.resolve("unet"));
        Files.copy(weights.resolveSibling("config.json"), work.resolve("unet/config.json"));
        Files.copy(weights, work.resolve("unet").resolve(weights.getFileName()));
        return cache.add(CheckpointReader.read(work, Checkpoints.CONTENT, false), "made").bundle();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    assertThat(bundle.damage()).isEmpty();
    assertThat(bundle.folder().resolveSibling(".").normalize().toFile().list()).containsExactly(bundle.folder().getFileName().toString());
    Files.write(folder.resolve("vae/diffusion_pytorch_model.safetensors"), new byte[9]);
    Files.write(folder.resolve("vae/config.json"), new byte[9]);
    assertThat(bundle.damage()).as("nothing is shared with the folder that was linked").isEmpty();
  }

  @Test
  void noticesDamageAndImportsAgainWhatLostAFile() throws IOException {
    Bundle bundle = cache.add(read(), "one").bundle();
    Path weights = bundle.folder().resolve("unet/diffusion_pytorch_model.safetensors");
    Checkpoints.weights(weights, 9);
    assertThat(bundle.damage()).containsExactly(
        "%s has changed since it was imported; delete %s and import it again".formatted(weights, bundle.folder()));
    Files.delete(weights);
    assertThat(bundle.damage()).containsExactly("%s is missing; delete %s and import it again".formatted(weights, bundle.folder()));
    assertThat(cache.add(read(), "one").copied()).isTrue();
    assertThat(cache.named("one").damage()).isEmpty();
  }

  @Test
  void leavesOneBundleWhereManyImportAtOnce() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<BundleCache.Imported>> imports = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "name" + i;
        imports.add(pool.submit(() -> cache.add(read(), name)));
      }
      for (Future<BundleCache.Imported> each : imports) {
        assertThat(each.get().bundle().damage()).isEmpty();
      }
    }
    assertThat(cache.manifests()).hasSize(8);
    try (Stream<Path> inside = Files.list(root.resolve("models/bundles"))) {
      assertThat(inside).hasSize(1);
    }
  }

  @Test
  void sweepsUpAfterImportsThatWereKilled() throws IOException {
    Path old = Files.createDirectories(root.resolve("models/bundles/.part-old/unet"));
    Path young = Files.createDirectories(root.resolve("models/bundles/.part-young"));
    Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.EPOCH));
    cache.add(read(), "one");
    assertThat(old.getParent()).doesNotExist();
    assertThat(young).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b"})
  void refusesNamesThatAreNone(String name) {
    Checkpoint checkpoint = read();
    assertThatThrownBy(() -> cache.add(checkpoint, name)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> cache.named(name)).isInstanceOf(RequestFault.class);
  }

  @Test
  void namesTheBundlesThatThereAreWhereOneIsMissing() {
    assertThat(cache.manifests()).isEmpty();
    assertThatThrownBy(() -> cache.named("b")).isInstanceOf(RequestFault.class).hasMessageContaining("only none");
    cache.add(read(), "a");
    assertThatThrownBy(() -> cache.named("b")).isInstanceOf(RequestFault.class).hasMessageContaining("only a");
    assertThat(cache.find("../../etc")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "", "{\"schema\": 2, \"licence\": \"rail\", \"components\": {}, \"files\": []}",
      "{\"schema\": 1, \"licence\": \"rail\", \"components\": {}, \"files\": [{\"path\": \"../a\", \"bytes\": 1,"
          + " \"digest\": \"0\"}]}",
      "{\"schema\": 1, \"licence\": \"rail\", \"files\": [], \"components\":"
          + " {\"unet\": {\"kind\": \"image-unet\", \"weights\": \"/etc/passwd\", \"portedLayers\": []}}}"})
  void refusesAManifestThatIsNotInOrder(String text) {
    Bundle bundle = cache.add(read(), "one").bundle();
    Checkpoints.write(bundle.folder().resolve("bundle.json"), text);
    assertThatThrownBy(() -> cache.named("one")).isInstanceOf(RequestFault.class).hasMessageContaining("bundle.json");
  }

  private Checkpoint read() {
    return CheckpointReader.read(folder, Checkpoints.CONTENT, false);
  }
}
