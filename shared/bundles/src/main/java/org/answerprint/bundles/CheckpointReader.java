package org.answerprint.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.answerprint.diffusion.SchedulerConfigReader;
import org.answerprint.faults.RequestFault;
import org.answerprint.text.ClipTokenizer;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * Reads a folder in Hugging Face's layout: {@code model_index.json}, {@code scheduler}, {@code tokenizer}, and a folder
 * for each network with {@code config.json} and weights. Without an index, the folders of known names are taken, so a
 * part of a checkpoint can be read, too. Everything is checked, and everything that is wrong is said at once.
 */
public final class CheckpointReader {

  private static final String INDEX = "model_index.json";
  private static final String SCHEDULER = "scheduler";
  private static final String TOKENIZER = "tokenizer";
  private static final List<String> TOKENIZER_FILES = List.of("tokenizer.json", "vocab.json", "merges.txt",
      "special_tokens_map.json", "tokenizer_config.json");
  private static final List<String> PAPERS = List.of("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE");
  private static final Pattern LICENCE = Pattern.compile("(?m)^license:[ \\t]*[\"']?([\\w.+-]+)");
  private static final int CARD_HEAD = 4000;

  private final Path folder;
  private final NetworkDefinitions networks;
  private final boolean half;
  private final List<String> problems = new ArrayList<>();
  private final List<Component> components = new ArrayList<>();
  private final SequencedMap<String, ComponentFacts> facts = new LinkedHashMap<>();
  private final List<Path> files = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private CheckpointReader(Path folder, NetworkDefinitions networks, boolean half) {
    this.folder = folder;
    this.networks = networks;
    this.half = half;
  }

  /**
   * Reads and checks a folder.
   *
   * @param half whether weights in half precision are preferred where there are both
   * @throws RequestFault with everything that is wrong, one on each line
   */
  public static Checkpoint read(Path folder, NetworkDefinitions networks, boolean half) {
    if (!Files.isDirectory(folder)) {
      throw new RequestFault(folder + " is no folder; give the folder of a checkpoint");
    }
    return new CheckpointReader(folder, networks, half).read();
  }

  private Checkpoint read() {
    boolean indexed = Files.exists(folder.resolve(INDEX));
    Map<String, String> named = indexed ? attempt(this::index).orElse(Map.of()) : found();
    named.forEach(this::component);
    if (problems.isEmpty() && components.isEmpty()) {
      problems.add("it has no network: no folder unet, vae, text_encoder, depth_estimator or captioner");
    }
    if (!problems.isEmpty()) {
      throw new RequestFault("%s is no checkpoint that can be used:%n  %s".formatted(
          folder, String.join(System.lineSeparator() + "  ", problems)));
    }
    PAPERS.stream().map(folder::resolve).filter(Files::isRegularFile).forEach(files::add);
    return new Checkpoint(folder, components, facts, files, leftOut, licence());
  }

  /** Name and class of each component that the index lists; one that is null is not there. */
  private Map<String, String> index() {
    files.add(folder.resolve(INDEX));
    Map<String, String> named = new LinkedHashMap<>();
    Documents.object(folder.resolve(INDEX)).properties().forEach(entry -> {
      if (entry.getValue().isArray() && entry.getValue().size() == 2 && entry.getValue().get(1).isTextual()) {
        named.put(entry.getKey(), entry.getValue().get(1).textValue());
      }
    });
    return named;
  }

  private Map<String, String> found() {
    Map<String, String> named = new LinkedHashMap<>();
    try (Stream<Path> inside = Files.list(folder)) {
      inside.filter(Files::isDirectory).map(path -> path.getFileName().toString()).sorted()
          .filter(name -> ComponentKind.knows(name) || name.equals(SCHEDULER) || name.equals(TOKENIZER))
          .forEach(name -> named.put(name, ""));
    } catch (IOException e) {
      throw Documents.unreadable(folder, e);
    }
    return named;
  }

  private void component(String name, String className) {
    if (name.equals(SCHEDULER)) {
      attempt(this::scheduler);
    } else if (name.equals(TOKENIZER)) {
      attempt(this::tokenizer);
    } else if (ComponentKind.knows(name)) {
      attempt(() -> network(name, className));
    } else {
      leftOut.add(name);
    }
  }

  private Object scheduler() {
    Path config = folder.resolve(SCHEDULER).resolve("scheduler_config.json");
    files.add(config);
    return SchedulerConfigReader.read(config);
  }

  private Object tokenizer() {
    Path inside = folder.resolve(TOKENIZER);
    try (ClipTokenizer tokenizer = ClipTokenizer.open(inside)) {
      TOKENIZER_FILES.stream().map(inside::resolve).filter(Files::isRegularFile).forEach(files::add);
      return tokenizer.length();
    }
  }

  private Object network(String name, String className) {
    Path inside = folder.resolve(name);
    JsonNode config = Documents.object(inside.resolve("config.json"));
    String said = className.isEmpty() ? className(config) : className;
    ComponentKind kind = ComponentKind.of(name, said).orElseThrow(() -> new RequestFault(
        "%s is of class %s, and only %s is known there; give another checkpoint".formatted(
            inside, said.isEmpty() ? "none" : visible(said), ComponentKind.classesOf(name))));
    WeightChoice weights = WeightChoice.find(inside, half).orElseThrow(() -> new RequestFault(
        "%s has no weights, none of %s; fetch the whole folder".formatted(
            inside, String.join(", ", WeightChoice.names(half)))));
    List<Path> all = new ArrayList<>(List.of(inside.resolve("config.json")));
    all.addAll(weights.all());
    Component component = new Component(name, kind, config, weights.file(), all);
    check(component);
    components.add(component);
    files.addAll(all);
    return component;
  }

  private void check(Component component) {
    try (Tensors tensors = WeightFiles.open(component.weights())) {
      ComponentFacts found = networks.check(component, tensors);
      found.problems().forEach(problem -> problems.add(component.name() + ": " + problem));
      facts.put(component.name(), found);
    }
  }

  /** A step whose failure is one problem among others. */
  private <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (RequestFault problem) {
      problems.add(problem.getMessage());
      return Optional.empty();
    }
  }

  private Licence licence() {
    Path card = folder.resolve("README.md");
    if (!Files.isRegularFile(card)) {
      return Licence.UNKNOWN;
    }
    String text = new String(Documents.bytes(card), StandardCharsets.UTF_8);
    Matcher found = LICENCE.matcher(text.substring(0, Math.min(text.length(), CARD_HEAD)));
    return found.find() ? Licence.ofWord(found.group(1)) : Licence.UNKNOWN;
  }

  private static String className(JsonNode config) {
    JsonNode architecture = config.path("architectures").path(0);
    return config.path("_class_name").asText(architecture.asText(""));
  }

  private static String visible(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > 60 ? printable.substring(0, 60) + "..." : printable;
  }
}
