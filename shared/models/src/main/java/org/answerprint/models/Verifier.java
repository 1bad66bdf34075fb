package org.answerprint.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.models.Verification.GoldenResult;
import org.answerprint.models.Verification.Outcome;
import org.answerprint.models.Verification.Trial;

/** Runs every component of a model: against golden tensors where there are some, on noise where there are none. */
public final class Verifier {

  private final Model model;
  private final Set<ComponentKind> proven = EnumSet.noneOf(ComponentKind.class);

  private Verifier(Model model) {
    this.model = model;
  }

  /**
   * Verifies a model.
   *
   * @param damage what is known to be wrong with its files
   * @param golden a folder of golden files
   * @throws RequestFault where there is no such folder, or nothing in it
   */
  public static Verification verify(Model model, List<String> damage, Optional<Path> golden) {
    Verifier verifier = new Verifier(model);
    List<GoldenResult> goldens = new ArrayList<>();
    try (Bench bench = new Bench(model)) {
      for (Path file : golden.map(Verifier::files).orElse(List.of())) {
        verifier.golden(bench, file).ifPresent(goldens::add);
      }
    }
    return new Verification(damage, goldens, verifier.trials());
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RequestFault(folder + " is no folder; give one with golden tensors");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> files = inside.sorted().toList();
      if (files.isEmpty()) {
        throw new RequestFault(folder + " is empty; give a folder with golden tensors");
      }
      return files;
    } catch (IOException e) {
      throw new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(folder, e), e);
    }
  }

  private Optional<GoldenResult> golden(Bench bench, Path file) {
    String name = file.getFileName().toString();
    if (GoldenKind.isCompanion(name)) {
      return Optional.empty();
    }
    return Optional.of(GoldenKind.ofFile(name).map(kind -> run(bench, file, name, kind))
        .orElseGet(() -> result(name, Outcome.UNRECOGNISED, "nothing is known of a golden file of this name")));
  }

  private GoldenResult run(Bench bench, Path file, String name, GoldenKind kind) {
    try (Golden golden = new Golden(file)) {
      List<Comparison> comparisons = kind.check().run(bench, golden);
      proven.addAll(kind.proves());
      if (!golden.unread().isEmpty()) {
        return new GoldenResult(name, Outcome.UNRECOGNISED, comparisons, Optional.of(
            "nothing is known of its tensors " + String.join(", ", golden.unread())));
      }
      boolean passed = comparisons.stream().allMatch(Comparison::passes);
      return new GoldenResult(name, passed ? Outcome.PASSED : Outcome.MISSED, comparisons, Optional.empty());
    } catch (RuntimeException e) {
      // Whatever a file makes fail is its miss: the others are to be run all the same.
      return result(name, Outcome.MISSED, Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    }
  }

  private static GoldenResult result(String file, Outcome outcome, String reason) {
    return new GoldenResult(file, outcome, List.of(), Optional.of(reason));
  }

  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Component component : model.components()) {
      if (!proven.contains(component.kind())) {
        trials.addAll(Trials.of(component));
      }
    }
    return trials;
  }
}
