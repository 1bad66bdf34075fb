package org.answerprint.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.answerprint.faults.InternalFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedBundlesTest {

  @TempDir
  private Path folder;

  private Path shipped;
  private BundleManifest manifest;
  private URLClassLoader loader;

  @AfterEach
  void closesTheResources() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  @BeforeEach
  void shipsABundleOfTwoFiles() throws IOException {
    shipped = folder.resolve("resources").resolve(ShippedBundles.FOLDER);
    Files.createDirectories(shipped.resolve("small/tokenizer"));
    Files.writeString(shipped.resolve("names"), "small\n");
    manifest = new BundleManifest(1, Licence.OPEN, new LinkedHashMap<>(), List.of(
        file("README.md", "a card"), file("tokenizer/vocab.json", "{}")));
    Files.write(shipped.resolve("small/bundle.json"), manifest.json());
  }

  private BundleFile file(String path, String text) throws IOException {
    Path file = Files.writeString(shipped.resolve("small").resolve(path), text);
    return new BundleFile(path, Files.size(file), Digests.ofFile(file));
  }

  private BundleCache cache() throws IOException {
    return new BundleCache(folder.resolve("cache"), ShippedBundles.of(loader(folder.resolve("resources").toUri().toURL())));
  }

  private URLClassLoader loader(URL... urls) {
    loader = new URLClassLoader(urls, null);
    return loader;
  }

  @Test
  void isFoundByItsNameAndItsDigestWithoutAnImport() throws IOException {
    assertThat(cache().manifests()).containsOnlyKeys("small");
    Bundle bundle = cache().find(manifest.digest()).orElseThrow();
    assertThat(bundle.damage()).isEmpty();
    assertThat(bundle.folder().resolve("README.md")).hasContent("a card");
    assertThat(cache().named("small").manifest()).isEqualTo(manifest);
  }

  @Test
  void isListedWithoutBeingUnpacked() throws IOException {
    assertThat(cache().manifests()).containsOnlyKeys("small");
    assertThat(folder.resolve("cache/bundles")).doesNotExist();
  }

  @Test
  void isUnpackedOnce() throws IOException {
    Path file = cache().named("small").folder().resolve("README.md");
    Files.writeString(file, "touched");
    assertThat(cache().named("small").folder().resolve("README.md")).hasContent("touched");
  }

  @Test
  void givesWayToABundleOfItsNameThatWasImported() throws IOException {
    Path names = Files.createDirectories(folder.resolve("cache/names"));
    BundleManifest other = new BundleManifest(1, Licence.OPEN, new LinkedHashMap<>(), List.of());
    Path imported = Files.createDirectories(folder.resolve("cache/bundles").resolve(other.digest()));
    Files.write(imported.resolve("bundle.json"), other.json());
    Files.writeString(names.resolve("small"), other.digest());
    assertThat(cache().named("small").manifest()).isEqualTo(other);
  }

  @Test
  void isNotUsedWhereItIsDamaged() throws IOException {
    Files.writeString(shipped.resolve("small/README.md"), "a curd");
    assertThatThrownBy(() -> cache().named("small")).isInstanceOf(InternalFault.class).hasMessageContaining("small");
  }

  @Test
  void nothingIsShippedWithoutTheResource() {
    assertThat(ShippedBundles.of(loader()).manifests()).isEmpty();
  }
}
