package org.answerprint.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.answerprint.faults.Fault;
import org.answerprint.launcher.LaunchException;

/** How things are said to people. */
final class Wording {

  private Wording() {}

  /** With a capital letter at its start and a full stop at its end. */
  static String sentence(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return stripped;
    }
    boolean name = stripped.length() > 1 && !Character.isLetter(stripped.charAt(1)) && stripped.charAt(1) != ' ';
    String capital = name || stripped.split("[\\s:]", 2)[0].matches(".*[./_0-9].*") ? stripped
        : Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1);
    return ".!?".indexOf(capital.charAt(capital.length() - 1)) >= 0 ? capital : capital + ".";
  }

  /** One sentence for what went wrong. */
  static String problem(Exception e) {
    return switch (e) {
      case Fault fault -> sentence(fault.getMessage());
      case LaunchException launch -> sentence(launch.getMessage());
      default -> "Something went wrong inside (" + e.getClass().getSimpleName()
          + Optional.ofNullable(e.getMessage()).map(m -> ": " + m).orElse("") + "); --debug shows where.";
    };
  }

  /** For example 1.4 MB. */
  static String bytes(long bytes) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** For example 12.4 s or 3 min 20 s. */
  static String time(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %d s", time.toMinutes(), time.toSecondsPart());
  }

  /** For example 3600, 12.4 or 0.025, without zeros behind it. */
  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value).replaceFirst("\\.?0+$", "");
  }

  static String count(long n, String one) {
    return n + " " + one + (n == 1 ? "" : "s");
  }
}
