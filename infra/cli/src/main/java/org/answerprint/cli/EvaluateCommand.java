package org.answerprint.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code evaluate}: alone, it lists what can be evaluated. */
@Command(
    name = "evaluate",
    description = "How good the methods are: every variant on the same edits, with judges that made none of them.",
    synopsisSubcommandLabel = "METHOD",
    subcommands = EvaluatePix2VideoCommand.class)
final class EvaluateCommand implements Runnable {

  private final Console console;

  @Spec
  private CommandSpec spec;

  EvaluateCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
