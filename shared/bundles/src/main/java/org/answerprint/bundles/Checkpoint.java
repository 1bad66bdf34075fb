package org.answerprint.bundles;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/**
 * A folder in Hugging Face's layout that was found to be in order.
 *
 * @param folder it lies in
 * @param components its networks
 * @param facts what their definitions say of them, by name
 * @param files everything that belongs into a bundle, below the folder
 * @param leftOut components that nothing here uses: {@code safety_checker}
 * @param licence as its model card says
 */
public record Checkpoint(
    Path folder, List<Component> components, SequencedMap<String, ComponentFacts> facts, List<Path> files,
    List<String> leftOut, Licence licence) {

  public Checkpoint {
    components = List.copyOf(components);
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
  }
}
