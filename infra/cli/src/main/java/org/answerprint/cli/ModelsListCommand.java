package org.answerprint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.bundles.BundleComponent;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.bundles.ComponentKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code models list}. */
@Command(name = "list", description = "List the models of this machine.")
final class ModelsListCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  ModelsListCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * One model of the list.
   *
   * @param licence open, rail, non-commercial or unknown
   * @param bytes of all its files
   * @param components its networks
   * @param missing what a whole checkpoint of images has beside them; without these parts no video can be edited
   */
  record Line(String name, String digest, String licence, long bytes, List<Part> components, List<String> missing) {

    /** One of its networks, and the attention layers that methods can open. */
    record Part(String name, String kind, List<String> portedLayers) {}

    static Line of(String name, BundleManifest bundle) {
      List<Part> parts = new ArrayList<>();
      bundle.components().forEach((part, component) -> parts.add(new Part(part, word(component.kind()),
          component.portedLayers().stream().map(layer -> layer.id()).toList())));
      return new Line(name, bundle.digest(), word(bundle.licence()), bundle.bytes(), parts, missing(bundle));
    }

    private static List<String> missing(BundleManifest bundle) {
      List<String> missing = new ArrayList<>();
      List<ComponentKind> kinds = bundle.components().values().stream().map(BundleComponent::kind).toList();
      if (!kinds.contains(ComponentKind.TEXT_ENCODER)) {
        missing.add("text_encoder");
      }
      if (!bundle.hasFilesIn("tokenizer")) {
        missing.add("tokenizer");
      }
      if (kinds.stream().noneMatch(List.of(ComponentKind.IMAGE_UNET, ComponentKind.VIDEO_UNET, ComponentKind.SEINE_UNET)::contains)) {
        missing.add("unet");
      }
      if (!kinds.contains(ComponentKind.AUTOENCODER)) {
        missing.add("vae");
      }
      if (!bundle.hasFilesIn("scheduler")) {
        missing.add("scheduler");
      }
      return missing;
    }

    private static String word(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String words() {
      return String.format(Locale.ROOT, "%s  %.12s  %s, licence %s: %s%s", name, digest, Wording.bytes(bytes), licence,
          String.join(", ", components.stream().map(part -> part.name() + " (" + part.kind() + ")").toList()),
          missing.isEmpty() ? "" : "; in part, without " + String.join(", ", missing));
    }
  }

  @Override
  public Integer call() {
    List<Line> lines = new ArrayList<>();
    ModelsCommand.cache(Place.of(environment, options)).manifests().forEach((name, bundle) -> lines.add(Line.of(name, bundle)));
    if (json) {
      console.say(JsonOut.write(lines));
    } else {
      lines.forEach(line -> console.say(line.words()));
    }
    return ExitCodes.DONE;
  }
}
