package org.answerprint.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a component's files its weights are read from. Folders hold the same weights in several forms; safetensors
 * go before pickles, and the plain files before the variant in half precision, unless that is asked for.
 *
 * @param file to open
 * @param all it and, of an index, the files that it names
 */
record WeightChoice(Path file, List<Path> all) {

  private static final List<String> STEMS = List.of("diffusion_pytorch_model", "model");
  private static final List<String> PICKLES = List.of("diffusion_pytorch_model", "pytorch_model");
  private static final String HALF = "fp16";

  /**
   * Finds the weights in a component's folder.
   *
   * @param half whether the variant in half precision is preferred
   */
  static Optional<WeightChoice> find(Path folder, boolean half) {
    return names(half).stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(WeightChoice::of);
  }

  /** The names that are looked for, the best first. */
  static List<String> names(boolean half) {
    List<String> plain = new ArrayList<>();
    List<String> variant = new ArrayList<>();
    for (String stem : STEMS) {
      plain.add(stem + ".safetensors");
      plain.add(stem + ".safetensors.index.json");
      variant.add(stem + "." + HALF + ".safetensors");
      variant.add(stem + ".safetensors.index." + HALF + ".json");
      variant.add(stem + "." + HALF + ".safetensors.index.json");
    }
    for (String stem : PICKLES) {
      plain.add(stem + ".bin");
      plain.add(stem + ".bin.index.json");
      variant.add(stem + "." + HALF + ".bin");
    }
    List<String> names = new ArrayList<>(half ? variant : plain);
    names.addAll(half ? plain : variant);
    return names;
  }

  private static WeightChoice of(Path file) {
    List<Path> all = new ArrayList<>(List.of(file));
    if (file.getFileName().toString().endsWith(".json")) {
      Set<String> shards = new LinkedHashSet<>();
      JsonNode places = Documents.object(file).path("weight_map");
      places.forEach(place -> shards.add(place.asText()));
      // Names that lead elsewhere are refused when the index is opened.
      shards.stream().filter(name -> name.matches("[\\w][\\w.-]*")).map(file::resolveSibling).forEach(all::add);
    }
    return new WeightChoice(file, List.copyOf(all));
  }
}
