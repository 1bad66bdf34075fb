package org.answerprint.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.Checkpoint;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.diffusion.SchedulerConfig;
import org.answerprint.diffusion.SchedulerConfigReader;
import org.answerprint.faults.RequestFault;

/**
 * Networks that can be run, wherever they lie.
 *
 * @param folder they lie in
 * @param components that it has
 */
public record Model(Path folder, List<Component> components) {

  public Model {
    components = List.copyOf(components);
  }

  /** That of a bundle. */
  public static Model of(Bundle bundle) {
    return new Model(bundle.folder(), bundle.manifest().components().entrySet().stream()
        .map(entry -> new Component(entry.getKey(), entry.getValue().kind(), bundle.config(entry.getKey()),
            bundle.folder().resolve(entry.getValue().weights()), List.of()))
        .toList());
  }

  /** That of a checkpoint, read where it lies. */
  public static Model of(Checkpoint checkpoint) {
    return new Model(checkpoint.folder(), checkpoint.components());
  }

  /** The folder of its tokenizer, where it has one. */
  public Optional<Path> tokenizer() {
    return Optional.of(folder.resolve("tokenizer")).filter(Files::isDirectory);
  }

  /** How its denoiser was trained. @throws RequestFault where that is not said, or cannot be run */
  public SchedulerConfig scheduler() {
    return SchedulerConfigReader.read(folder.resolve("scheduler").resolve("scheduler_config.json"));
  }

  /** Its component of one of these kinds. @throws RequestFault where it has none */
  public Component component(ComponentKind... kinds) {
    return components.stream().filter(component -> Arrays.asList(kinds).contains(component.kind())).findFirst()
        .orElseThrow(() -> new RequestFault("%s has no component of kind %s, only %s; give another model".formatted(folder,
            Arrays.stream(kinds).map(Model::words).collect(Collectors.joining(" or ")),
            components.stream().map(component -> words(component.kind())).collect(Collectors.joining(", ")))));
  }

  private static String words(ComponentKind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
