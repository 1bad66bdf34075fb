package org.answerprint.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./answerprint}: alone, it lists what one can do. */
@Command(
    name = "./answerprint",
    description = "A video lands in a bucket; a finished, edited video comes out.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nWhat one can do:%n",
    footer = {"", "Exit codes: 0 done, 1 the job failed, 2 the request is wrong.", "Start here: ./answerprint demo"},
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "answerprint 0.1.0",
    subcommands = {
      DemoCommand.class, UpCommand.class, EditCommand.class, ShotsCommand.class, ProbeCommand.class, JobCommand.class,
      JobsCommand.class, CancelCommand.class, RetryCommand.class, GcCommand.class, UploadUrlCommand.class, WebhookCommand.class, ModelsCommand.class, EvaluateCommand.class,
      TestCommand.class, WarmCommand.class})
final class Answerprint implements Runnable {

  private final Console console;

  @Spec
  private CommandSpec spec;

  Answerprint(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
