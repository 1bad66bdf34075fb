package org.answerprint.cli;

import java.util.Locale;

/** Where one shot or transition is. */
enum TaskState {
  /** Known, and nobody has begun it. */
  PLANNED,
  /** Somebody works on it. */
  RUNNING,
  /** Its output is there. */
  DONE,
  /** It failed, and a substitute takes its place: the shot's source, or a plain dissolve. */
  FALLBACK,
  /** It failed, and nothing takes its place. */
  FAILED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
