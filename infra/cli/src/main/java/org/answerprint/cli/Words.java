package org.answerprint.cli;

import java.util.Locale;

/** One line about a shot or a transition; empty where there is nothing to say yet. */
final class Words {

  private Words() {}

  static String shot(ShotView shot, long framesDone) {
    String name = String.format(Locale.ROOT, "shot %d (%.1f s, %s): ", shot.number(), shot.seconds(), shot.method());
    return switch (shot.state()) {
      case PLANNED -> "";
      case RUNNING -> name + (framesDone == 0 ? "editing" : "editing, " + framesDone + " of " + shot.frames() + " frames");
      case DONE -> name + (shot.attempts() == 0 ? "done, found made" : "done");
      case FALLBACK -> name + (shot.whole() ? "failed, its source stands in: " : "failed, taking its source: ") + shot.reason().orElse("");
      case FAILED -> name + "failed: " + shot.reason().orElse("");
    };
  }

  static String join(JoinView join) {
    String name = join.type() + " after shot " + join.after() + ": ";
    return switch (join.state()) {
      case PLANNED -> "";
      case RUNNING -> name + "being made";
      case DONE -> name + "done";
      case FALLBACK -> name + "failed, a dissolve stands in: " + join.reason().orElse("");
      case FAILED -> name + "failed: " + join.reason().orElse("");
    };
  }
}
