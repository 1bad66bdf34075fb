package org.answerprint.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * A bundle on this machine. Its files are never written again.
 *
 * @param folder it lies in
 * @param manifest what it is made of
 */
public record Bundle(Path folder, BundleManifest manifest) {

  /** The weights of a component, mapped; to be closed. */
  public Tensors open(String component) {
    return WeightFiles.open(folder.resolve(component(component).weights()));
  }

  /** The config of a component. */
  public JsonNode config(String component) {
    return Documents.object(folder.resolve(component(component).weights()).resolveSibling("config.json"));
  }

  /** The folder of its tokenizer, where it has one. */
  public Optional<Path> tokenizer() {
    return Optional.of(folder.resolve("tokenizer")).filter(Files::isDirectory);
  }

  /** The config of its scheduler, where it has one. */
  public Optional<Path> scheduler() {
    return Optional.of(folder.resolve("scheduler").resolve("scheduler_config.json")).filter(Files::isRegularFile);
  }

  /** @throws RequestFault where it has no such component */
  public BundleComponent component(String name) {
    return Optional.ofNullable(manifest.components().get(name)).orElseThrow(() -> new RequestFault(
        "the bundle in %s has no %s, only %s; import a whole checkpoint".formatted(
            folder, name, String.join(", ", manifest.components().keySet()))));
  }

  /** Whether all files are there and of their sizes; reads none of them. */
  boolean isWhole() throws IOException {
    for (BundleFile file : manifest.files()) {
      Path path = folder.resolve(file.path());
      if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
        return false;
      }
    }
    return true;
  }

  /** Every file that is missing or not as its digest says, one sentence each; reads all of the bundle. */
  public List<String> damage() {
    List<String> damage = new ArrayList<>();
    for (BundleFile file : manifest.files()) {
      Path path = folder.resolve(file.path());
      try {
        if (!Files.isRegularFile(path)) {
          damage.add("%s is missing; delete %s and import it again".formatted(path, folder));
        } else if (Files.size(path) != file.bytes() || !Digests.ofFile(path).equals(file.digest())) {
          damage.add("%s has changed since it was imported; delete %s and import it again".formatted(path, folder));
        }
      } catch (IOException e) {
        throw Documents.unreadable(path, e);
      }
    }
    return damage;
  }
}
