package org.answerprint.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.bundles.Bundle;
import org.answerprint.evaluation.EditCases;
import org.answerprint.evaluation.Evaluation;
import org.answerprint.evaluation.Preferences;
import org.answerprint.evaluation.Progress;
import org.answerprint.evaluation.Protocol;
import org.answerprint.evaluation.Table;
import org.answerprint.evaluation.Variant;
import org.answerprint.faults.RequestFault;
import org.answerprint.runtime.Engine;
import org.answerprint.stage.StageSettings;
import org.answerprint.training.ToyboxImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate pix2video}. */
@Command(name = "pix2video", description = {"The paper's table in small: every variant on the same held-out edits, with 95 % intervals.",
    "What was made before is found; stop it at any time and go on later."})
final class EvaluatePix2VideoCommand implements Callable<Integer> {

  private static final long NEWS_EVERY_NANOS = 5_000_000_000L;

  private final Map<String, String> environment;
  private final Console console;

  @Option(names = "--edits", paramLabel = "N", description = "How many edits of the fixed set (default: 60, twelve of each kind).")
  private int edits = EditCases.USUAL;

  @Option(names = "--variant", paramLabel = "NAME", description = "Only this row of the table; may be given several times.")
  private List<String> variants = new ArrayList<>();

  @Option(names = "--model", paramLabel = "N", description = "A model's name (default: toybox-image).")
  private String model = ToyboxImage.NAME;

  @Option(names = "--steps", paramLabel = "N", description = "Of the sampler, and of the inversion (default: 25).")
  private int steps = Protocol.USUAL.steps();

  @Option(names = "--guidance", paramLabel = "X", description = "Towards the edit's text (default: 7.5).")
  private double guidance = Protocol.USUAL.guidance();

  @Option(names = "--extension", negatable = true,
      description = "Whether anchor+previous also runs a hundred edits of each kind (default: where it runs, and N is 60 or more).")
  private Optional<Boolean> extension = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "Edits at a time (default: one for each processor; on a card, one).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--clips", paramLabel = "DIR", description = {"Your own footage instead of the fixed set: beside each film a text file,",
      "dog.txt beside dog.mp4, whose first line says what it shows, and each further line what it is to show."})
  private Optional<Path> clips = Optional.empty();

  @Option(names = "--study", paramLabel = "DIR", description = "Write a page there that shows edits side by side, blind, and takes votes.")
  private Optional<Path> study = Optional.empty();

  @Option(names = "--votes", paramLabel = "FILE", description = "Add the votes that such a page has saved; may be given several times.")
  private List<Path> votes = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", description = "Where edits are kept (default: .answerprint/evaluation).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  EvaluatePix2VideoCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    Place place = Place.of(environment, options);
    Bundle bundle = ModelName.find(model, place).bundle().orElseThrow(() -> new RequestFault(
        "%s is a folder that was not imported; import it first: ./answerprint models import %s --name NAME".formatted(model, model)));
    Engine engine = StageSettings.of(environment).engine();
    Evaluation evaluation = new Evaluation(bundle, engine, threads.orElseGet(() -> usualThreads(engine)),
        new Protocol(steps, guidance, Protocol.USUAL.seed()), out.orElseGet(() -> place.own("evaluation")).toAbsolutePath());
    Optional<Preferences> preferences = votes.isEmpty() ? Optional.empty() : Optional.of(evaluation.votes(votes));
    Interrupted.says(console, "Stopped; the same command goes on, and finds what was made.");
    Table table = clips.map(folder -> evaluation.run(folder, rows(), progress()))
        .orElseGet(() -> evaluation.run(edits, rows(), extension.orElse(edits >= EditCases.USUAL), progress()));
    print(table, preferences);
    study.ifPresent(page -> console.words(json).println("%d pairs are in %s.".formatted(
        evaluation.study(page, edits), page.resolve("index.html"))));
    return ExitCodes.DONE;
  }

  private static int usualThreads(Engine engine) {
    return switch (engine) {
      case Engine.Cpu _ -> Runtime.getRuntime().availableProcessors();
      case Engine.Cuda _ -> 1;
    };
  }

  private void check() {
    threads.filter(number -> number < 1).ifPresent(number -> {
      throw new RequestFault("--threads %d makes no edit; give at least 1".formatted(number));
    });
    if (edits < 1) {
      throw new RequestFault("--edits %d runs nothing; give at least 1".formatted(edits));
    }
    if (extension.orElse(false) && !rows().contains(Variant.named(Variant.HEADLINE))) {
      throw new RequestFault("--extension is one of %s; name that row too, or leave it out".formatted(Variant.HEADLINE));
    }
    clips.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> {
      throw new RequestFault("--clips %s is no folder; give one with films and their prompts".formatted(folder));
    });
    if (clips.isPresent() && (study.isPresent() || !votes.isEmpty())) {
      throw new RequestFault("--study and --votes are about the fixed set; leave out --clips");
    }
  }

  private List<Variant> rows() {
    return variants.isEmpty() ? Variant.ALL : variants.stream().map(Variant::named).toList();
  }

  private void print(Table table, Optional<Preferences> preferences) {
    if (json) {
      ObjectNode all = table.json();
      preferences.ifPresent(found -> all.set("votes", found.json()));
      console.say(JsonOut.write(all));
    } else {
      console.say(table.text());
      preferences.ifPresent(found -> console.say(found.text()));
    }
  }

  /** A line every few seconds, with the time that is left by the speed of what was made in this run. */
  private Progress progress() {
    long start = System.nanoTime();
    long[] last = {start - NEWS_EVERY_NANOS};
    return (done, total, found) -> {
      long now = System.nanoTime();
      if (now - last[0] >= NEWS_EVERY_NANOS || done == total) {
        last[0] = now;
        int made = done - found;
        String left = made == 0 ? "" : ", %d min left".formatted(Math.round((now - start) / 60e9 / made * (total - done)));
        console.words(json).println("edit %d of %d, %d found%s".formatted(done, total, found, left));
        console.words(json).flush();
      }
    };
  }
}
