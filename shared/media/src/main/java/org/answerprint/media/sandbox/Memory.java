package org.answerprint.media.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory this machine, or the container around this process, has. */
final class Memory {

  private static final long ENOUGH = 1L << 20;

  private Memory() {
  }

  /** In mebibytes; a tebibyte where nobody says. */
  static long megabytes() {
    return Math.min(numberIn(Path.of("/proc/meminfo"), "MemTotal:\\s+(\\d+) kB") / 1024,
        numberIn(Path.of("/sys/fs/cgroup/memory.max"), "(\\d+)") >> 20);
  }

  private static long numberIn(Path file, String pattern) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.matches(pattern)).findFirst()
          .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElse(ENOUGH << 20);
    } catch (IOException | NumberFormatException e) {
      return ENOUGH << 20;
    }
  }
}
