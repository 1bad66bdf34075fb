package org.answerprint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.models.Definitions;
import org.answerprint.models.Model;

/**
 * A model as the command line names it: by the name it was imported under, or else by a checkpoint's folder.
 *
 * @param model to be run
 * @param bundle where it was imported
 */
record ModelName(Model model, Optional<Bundle> bundle) {

  static ModelName find(String text, Place place) {
    BundleCache cache = ModelsCommand.cache(place);
    if (!cache.manifests().containsKey(text) && (text.contains("/") || Files.isDirectory(Path.of(text)))) {
      return new ModelName(Model.of(CheckpointReader.read(Path.of(text), new Definitions(), false)), Optional.empty());
    }
    Bundle bundle = cache.named(text);
    return new ModelName(Model.of(bundle), Optional.of(bundle));
  }

  /** What has happened to its files since they were imported, one sentence each; reads all of them. */
  List<String> damage() {
    return bundle.map(Bundle::damage).orElse(List.of());
  }
}
