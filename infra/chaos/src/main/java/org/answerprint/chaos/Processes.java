package org.answerprint.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes below {@code up}, found and signalled as a person with a shell would. */
final class Processes {

  private Processes() {}

  /** Those of a part; what they have started themselves comes last. */
  static List<ProcessHandle> of(ProcessHandle up, Part part) {
    if (part == Part.EVERYTHING) {
      List<ProcessHandle> all = new ArrayList<>(List.of(up));
      List<ProcessHandle> children = up.children().toList();
      all.addAll(children);
      up.descendants().filter(child -> !children.contains(child)).forEach(all::add);
      return all;
    }
    return up.children().filter(child -> is(child, part)).toList();
  }

  private static boolean is(ProcessHandle process, Part part) {
    return file(process, "cmdline").contains(part.command())
        && (!part.isWorker() || file(process, "environ").contains("ANSWERPRINT_WORKER=" + part.worker()));
  }

  private static String file(ProcessHandle process, String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // it has ended
      return "";
    }
  }

  /** Ends them at once, in one call, so that the first has no time to notice. */
  static void kill(List<ProcessHandle> processes) {
    signal("KILL", processes);
  }

  static void freeze(List<ProcessHandle> processes) {
    signal("STOP", processes);
  }

  static void thaw(List<ProcessHandle> processes) {
    signal("CONT", processes);
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      Process kill = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (!kill.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("kill -" + name + " does not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
