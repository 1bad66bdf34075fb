package org.answerprint.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {

  /** Held, since a logger's level is forgotten with it. */
  private static final Logger ROOT = Logger.getLogger("");

  private Main() {}

  public static void main(String[] args) {
    ROOT.setLevel(Level.SEVERE);
    System.exit(run(System.getenv(), new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8), Console.isTerminal(), args));
  }

  /**
   * Runs one command line and returns its exit code: 0 done, 1 the job failed or we did, 2 the request is wrong.
   *
   * @param environment in place of the process's own
   * @param terminal whether progress may be drawn over
   */
  static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal, String... args) {
    Console console = new Console(out, err, terminal);
    CommandLine commands = new CommandLine(new Answerprint(environment, console), new Commands(environment, console));
    commands.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(100);
    commands.setParameterExceptionHandler((wrong, words) -> {
      err.println(Wording.sentence(wrong.getMessage()) + " See './answerprint " + path(wrong.getCommandLine()) + "--help'.");
      return ExitCodes.REQUEST_IS_WRONG;
    });
    commands.setExecutionExceptionHandler((e, command, parsed) -> {
      err.println(Wording.problem(e));
      if (Options.debug(parsed)) {
        e.printStackTrace(err);
      }
      err.flush();
      return ExitCodes.of(e);
    });
    return commands.execute(args);
  }

  private static String path(CommandLine command) {
    return command.getParent() == null ? "" : path(command.getParent()) + command.getCommandName() + " ";
  }
}
