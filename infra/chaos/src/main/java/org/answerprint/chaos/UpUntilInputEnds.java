package org.answerprint.chaos;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * The command line's {@code up}, ended in order when standard input closes: so that no system is left behind by a test
 * run that is killed. The first argument is the main class.
 */
public final class UpUntilInputEnds {

  private UpUntilInputEnds() {}

  /** Runs {@code up} with the other arguments. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("input").start(UpUntilInputEnds::watch);
    String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
    try {
      Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace(System.err);
      Runtime.getRuntime().halt(1);
    }
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      System.err.println("Standard input failed (" + e + "), which counts as closed.");
    }
    System.exit(0);
  }
}
