package org.answerprint.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.answerprint.faults.InternalFault;

/**
 * Bundles that come with the program: below {@value #FOLDER} on the class path, {@code names}, one a line, and a folder for each
 * with its files and {@code bundle.json}. None where there is no such resource. Thread-safe.
 */
final class ShippedBundles {

  static final String FOLDER = "org/answerprint/shipped/";

  private final ClassLoader resources;
  private final SequencedMap<String, BundleManifest> manifests = new LinkedHashMap<>();

  private ShippedBundles(ClassLoader resources) {
    this.resources = resources;
  }

  static ShippedBundles of(ClassLoader resources) {
    ShippedBundles shipped = new ShippedBundles(resources);
    try {
      for (String name : new String(shipped.bytes("names").orElse(new byte[0]), StandardCharsets.UTF_8).lines().toList()) {
        byte[] manifest = shipped.bytes(name + "/" + BundleManifest.FILE).orElseThrow(() -> damaged(name));
        shipped.manifests.put(name, BundleManifest.parse(manifest));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shipped;
  }

  /** What there is, by name. */
  Map<String, BundleManifest> manifests() {
    return Collections.unmodifiableMap(manifests);
  }

  /** The name of the bundle of a digest. */
  Optional<String> name(String digest) {
    return manifests.entrySet().stream().filter(entry -> entry.getValue().digest().equals(digest)).map(Map.Entry::getKey).findFirst();
  }

  /** Copies a bundle into an empty folder, {@code bundle.json} last. */
  BundleManifest copy(String name, Path folder) throws IOException {
    BundleManifest manifest = manifests.get(name);
    for (BundleFile file : manifest.files()) {
      Path target = folder.resolve(file.path());
      Files.createDirectories(target.getParent());
      try (InputStream in = resources.getResourceAsStream(FOLDER + name + "/" + file.path())) {
        if (in == null || Files.copy(in, target) != file.bytes() || !Digests.ofFile(target).equals(file.digest())) {
          throw damaged(name);
        }
      }
    }
    Files.write(folder.resolve(BundleManifest.FILE), manifest.json());
    return manifest;
  }

  private Optional<byte[]> bytes(String path) throws IOException {
    try (InputStream in = resources.getResourceAsStream(FOLDER + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  private static InternalFault damaged(String name) {
    return new InternalFault("The bundle %s that comes with the program is not as it was made; build the program again.".formatted(name));
  }
}
