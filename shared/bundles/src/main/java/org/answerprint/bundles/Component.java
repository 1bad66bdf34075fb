package org.answerprint.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * A network of a checkpoint: its config and its weights.
 *
 * @param name of its folder: {@code unet}
 * @param kind what it is
 * @param config its {@code config.json}
 * @param weights the file to open it with: safetensors, an index, or a PyTorch checkpoint
 * @param files everything of it, the config and every shard included
 */
public record Component(String name, ComponentKind kind, JsonNode config, Path weights, List<Path> files) {

  public Component {
    files = List.copyOf(files);
  }
}
