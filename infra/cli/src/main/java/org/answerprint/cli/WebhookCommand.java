package org.answerprint.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code webhook}: alone, it lists what one can do with it. */
@Command(
    name = "webhook",
    description = "Job events for programs of others, as ANSWERPRINT_WEBHOOK_URL says.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = WebhookReplayCommand.class)
final class WebhookCommand implements Runnable {

  private final Console console;

  @Spec
  private CommandSpec spec;

  WebhookCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
