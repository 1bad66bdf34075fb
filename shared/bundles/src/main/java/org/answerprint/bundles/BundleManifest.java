package org.answerprint.bundles;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.answerprint.faults.RequestFault;

/**
 * What {@code bundle.json} says.
 *
 * @param schema version of this form: 1; fields are added, never repurposed
 * @param licence of the weights
 * @param components the networks, by name
 * @param files all others of the bundle, in order of their paths
 */
public record BundleManifest(
    int schema, Licence licence, SequencedMap<String, BundleComponent> components, List<BundleFile> files) {

  static final String FILE = "bundle.json";
  static final int SCHEMA = 1;

  /** @throws IllegalArgumentException where the schema is unknown, or a component's weights are none of the files */
  public BundleManifest {
    if (schema != SCHEMA) {
      throw new IllegalArgumentException("schema %d, where %d is known".formatted(schema, SCHEMA));
    }
    Objects.requireNonNull(licence, "licence");
    components = new LinkedHashMap<>(components);
    files = files.stream().sorted(Comparator.comparing(BundleFile::path)).toList();
    Set<String> paths = new HashSet<>();
    for (BundleFile file : files) {
      if (!paths.add(file.path())) {
        throw new IllegalArgumentException(file.path() + " is listed twice");
      }
    }
    components.forEach((name, component) -> {
      if (!paths.contains(component.weights())) {
        throw new IllegalArgumentException("the weights of %s are not among the files".formatted(name));
      }
    });
  }

  /** What the bundle is kept by: a SHA-256 of the paths and digests of all its files, and so of nothing but these. */
  public String digest() {
    MessageDigest sha256 = Digests.sha256();
    for (BundleFile file : files) {
      sha256.update("%s %s\n".formatted(file.digest(), file.path()).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** As it stands in {@code bundle.json}. */
  byte[] json() {
    try {
      return Documents.JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** @throws RequestFault where the file is not there, or not in order */
  static BundleManifest read(Path file) {
    try {
      return parse(Documents.bytes(file));
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new RequestFault("%s is damaged; import the bundle again".formatted(file), e);
    }
  }

  /** @throws IOException where these are not the bytes of a {@code bundle.json} */
  static BundleManifest parse(byte[] json) throws IOException {
    return Documents.JSON.readValue(json, BundleManifest.class);
  }

  /** Whether any of its files lie in a folder, such as {@code tokenizer}. */
  public boolean hasFilesIn(String folder) {
    return files.stream().anyMatch(file -> file.path().startsWith(folder + "/"));
  }

  /** Total size of all files. */
  public long bytes() {
    return files.stream().mapToLong(BundleFile::bytes).sum();
  }
}
