package org.answerprint.media.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.javacpp.Pointer;

/**
 * What a decoder that an attacker has taken over would try, from behind the walls. Prints a line for each attempt:
 * its name and whether it succeeded. Arguments: which walls, a canary file, a port, the parent's process id.
 */
final class BreakOut {

  private static final int AT_WORKING_FOLDER = -100;

  private BreakOut() {
  }

  private interface Attempt {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> results = new TreeMap<>();
    Path canary = Path.of(arguments[1]);
    CountDownLatch raised = new CountDownLatch(1);
    // loads what the attempts need, as a decoder's own classes are loaded before
    attempt(results, "warm", () -> new Socket(InetAddress.getLoopbackAddress(), 1).close());
    Thread early = Thread.ofPlatform().unstarted(() -> elsewhere(results, canary, raised));
    early.start();
    String walls = arguments[0];
    long standing = switch (walls) {
      case "none" -> 0;
      case "landlock" -> Landlock.raise() ? Walls.LANDLOCK : 0;
      case "filter" -> SystemCallFilter.raise() ? Walls.FILTER : 0;
      default -> Walls.raise();
    };
    raised.countDown();
    early.join();
    files(results, canary);
    attempt(results, "connect", () -> new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])).close());
    attempt(results, "exec", () -> new ProcessBuilder("/bin/true").start().waitFor());
    call(results, "socket", 41, 2, 1, 0);
    call(results, "memory-file", 319, root(), 0, 0);
    if ((standing & Walls.FILTER) != 0) {
      calls(results, Long.parseLong(arguments[3]));
    }
    System.out.println("walls " + standing);
    results.forEach((name, outcome) -> System.out.println(name + " " + outcome));
  }

  private static void elsewhere(Map<String, String> results, Path canary, CountDownLatch raised) {
    try {
      raised.await();
    } catch (InterruptedException e) {
      return;
    }
    attempt(results, "read-by-an-older-thread", () -> Files.readString(canary));
  }

  private static void files(Map<String, String> results, Path canary) {
    attempt(results, "read", () -> Files.readString(canary));
    attempt(results, "list", () -> Files.list(canary.getParent()).close());
    attempt(results, "write", () -> Files.writeString(canary.resolveSibling("written"), "x"));
    attempt(results, "append", () -> Files.writeString(canary, "x", java.nio.file.StandardOpenOption.APPEND));
    attempt(results, "delete", () -> Files.delete(canary));
    attempt(results, "rename", () -> Files.move(canary, canary.resolveSibling("moved")));
    attempt(results, "link", () -> Files.createSymbolicLink(canary.resolveSibling("link"), canary));
    attempt(results, "folder", () -> Files.createDirectory(canary.resolveSibling("folder")));
    attempt(results, "environment-of-the-parent", () -> Files.readAllBytes(Path.of("/proc/1/environ")));
  }

  /** By number, as code does that no longer goes through Java. */
  private static void calls(Map<String, String> results, long parent) {
    call(results, "socketpair", 53, 1, 1, 0);
    call(results, "fork", 57, 0, 0, 0);
    call(results, "vfork-like-clone", 56, 17, 0, 0);
    call(results, "execve", 59, 0, 0, 0);
    call(results, "signal", 62, parent, 0, 0);
    call(results, "trace", 101, 0, 0, 0);
    call(results, "ring", 425, 1, 0, 0);
    call(results, "limits", 160, 7, 0, 0);
    call(results, "user-space", 272, 0x1000_0000, 0, 0);
    call(results, "read-other-memory", 310, parent, 0, 0);
    call(results, "open-at", 257, AT_WORKING_FOLDER, root(), 0);
    call(results, "other-abi", 0x4000_0000 | 39, 0, 0, 0);
    call(results, "old-group", 109, 0, 0, 0);
  }

  private static long root() {
    return Arena.global().allocateFrom("/").address();
  }

  private static void call(Map<String, String> results, String name, int number, long first, long second, long third) {
    synchronized (results) {
      results.put(name, SystemCalls.call(number, first, second, third) == -1 ? "failed" : "succeeded");
    }
  }

  private static void attempt(Map<String, String> results, String name, Attempt attempt) {
    String outcome = "succeeded";
    try {
      attempt.run();
    } catch (IOException | RuntimeException e) {
      outcome = "failed";
    } catch (Exception | LinkageError e) {
      outcome = "failed";
    }
    synchronized (results) {
      results.put(name, outcome);
    }
  }

  /** Takes native memory until there is no more, as a decoder does that believes a header. */
  static final class Glutton {
    private Glutton() {
    }

    public static void main(String[] arguments) {
      Walls.raise();
      for (long megabytes = 0; ; megabytes += 16) {
        Pointer taken = Pointer.malloc(16 << 20);
        if (taken == null || taken.isNull()) {
          System.out.println("refused after " + megabytes);
          return;
        }
        Pointer.memset(taken, 1, 16 << 20);
      }
    }
  }
}
