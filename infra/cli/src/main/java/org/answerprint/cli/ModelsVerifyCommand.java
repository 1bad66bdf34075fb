package org.answerprint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Comparison;
import org.answerprint.models.Verification;
import org.answerprint.models.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models verify}. */
@Command(name = "verify", description = {"Run every component of a model, against golden tensors where there are some, and check its digests.",
    "Ends with 1 on any miss, and on any golden file that it does not recognise."})
final class ModelsVerifyCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(index = "0", paramLabel = "N|DIR", description = "A model's name, or a checkpoint's folder.")
  private String name;

  @Parameters(index = "1", paramLabel = "GOLDEN_DIR", arity = "0..1",
      description = "Golden tensors; of a folder, its own 'golden' where nothing is said.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--golden", paramLabel = "DIR", description = "The same.")
  private Optional<Path> golden = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  ModelsVerifyCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * The outcome as JSON.
   *
   * @param passed whether there was neither damage nor a miss, and nothing that was not recognised
   */
  record Report(String model, boolean passed, List<String> damage, List<Tensor> tensors, List<File> files, List<Verification.Trial> trials) {

    /** A tensor that was computed. */
    record Tensor(String file, String tensor, double relative, double maximum, double limit, boolean passed) {}

    /** A golden file. */
    record File(String file, String outcome, Optional<String> reason) {}

    static Report of(String model, Verification verification) {
      return new Report(model, verification.passed(), verification.damage(),
          verification.goldens().stream().flatMap(golden -> golden.comparisons().stream().map(it -> new Tensor(
              golden.file(), it.tensor(), it.relative(), it.maximum(), it.limit(), it.passes()))).toList(),
          verification.goldens().stream().map(golden -> new File(golden.file(), word(golden.outcome()), golden.reason())).toList(),
          verification.trials());
    }
  }

  private static String word(Verification.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Integer call() {
    if (folder.isPresent() && golden.isPresent()) {
      throw new RequestFault("golden tensors are named twice, as GOLDEN_DIR and by --golden; name them once");
    }
    Interrupted.says(console, "Stopped.");
    ModelName model = ModelName.find(name, Place.of(environment, options));
    Optional<Path> own = Optional.of(model.model().folder().resolve("golden")).filter(Files::isDirectory);
    Verification verification = Verifier.verify(model.model(), model.damage(), folder.or(() -> golden).or(() -> own));
    if (json) {
      console.say(JsonOut.write(Report.of(name, verification)));
    } else {
      print(verification, model.bundle().isPresent());
    }
    return verification.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private void print(Verification verification, boolean digests) {
    verification.damage().forEach(damage -> console.say("MISS  " + damage));
    verification.goldens().forEach(this::print);
    verification.trials().forEach(trial -> console.say(trial.reason().map(reason -> "MISS  " + trial.component() + " on noise: " + reason)
        .orElse("ok    " + trial.component() + " on noise: finite numbers")));
    long tensors = verification.goldens().stream().mapToLong(golden -> golden.comparisons().size()).sum();
    console.say("%s: %s%s of %s, %s on noise%s.".formatted(verification.passed() ? "Verified" : "Not verified",
        digests ? "digests, " : "", Wording.count(tensors, "tensor"), Wording.count(verification.goldens().size(), "golden file"),
        Wording.count(verification.trials().size(), "component"), digests ? "" : "; no digests, since it is not imported"));
  }

  private void print(Verification.GoldenResult golden) {
    golden.comparisons().forEach(it -> console.say(line(golden.file(), it)));
    golden.reason().ifPresent(reason -> console.say("MISS  %s %s: %s".formatted(
        golden.file(), word(golden.outcome()), reason)));
  }

  private static String line(String file, Comparison it) {
    return String.format(Locale.ROOT, "%s  relative %.1e, largest %.1e, limit %.0e  %s %s",
        it.passes() ? "ok  " : "MISS", it.relative(), it.maximum(), it.limit(), file.replace(".safetensors", ""), it.tensor());
  }
}
