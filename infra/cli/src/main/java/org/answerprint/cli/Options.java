package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class Options {

  @Option(names = "--data", paramLabel = "DIR",
      description = "Where the local system keeps everything (ANSWERPRINT_DATA; default: .answerprint/data in the project).")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--debug", description = "Show where a problem arose.")
  private boolean debug;

  Optional<Path> data() {
    return data;
  }

  /** Whether the command that was parsed was given {@code --debug}. */
  static boolean debug(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--debug");
  }
}
