package org.answerprint.media.sandbox;

import java.time.Duration;

/** Ends a child soon after its parent is gone, also while a decoder computes and never reads the broken pipe. */
final class Orphan {

  private static final Duration PERIOD = Duration.ofMillis(500);

  private Orphan() {
  }

  /** Watches from a thread of its own. */
  static void endWithout(long parent) {
    Thread.ofPlatform().daemon().name("parent-watch").start(() -> watch(parent));
  }

  private static void watch(long parent) {
    while (SystemCalls.call(SystemCalls.GETPPID, 0, 0, 0) == parent) {
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException e) {
        return;
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
