package org.answerprint.media.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** System calls of Linux on x86-64 by number. Thread-safe. */
final class SystemCalls {

  static final int PRCTL = 157;
  static final int SECCOMP = 317;
  static final int LANDLOCK_CREATE_RULESET = 444;
  static final int LANDLOCK_RESTRICT_SELF = 446;
  static final int CLOSE = 3;
  private static final int TRUNCATE = 77;
  private static final int ANONYMOUS_FILE = 319;
  static final int GETPPID = 110;
  static final int FCNTL = 72;

  private static final int SET_NO_NEW_PRIVILEGES = 38;
  private static final MethodHandle SYSCALL = bind();

  private SystemCalls() {
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind() {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    return linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(word, word, word, word, word, word, word), Linker.Option.firstVariadicArg(1));
  }

  /** Whether this machine is one that the numbers are for. */
  static boolean known() {
    return System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux");
  }

  /** The call's result, or -1 where it failed. */
  static long call(int number, long first, long second, long third, long fourth, long fifth) {
    try {
      return (long) SYSCALL.invokeExact((long) number, first, second, third, fourth, fifth);
    } catch (Throwable e) {
      throw new IllegalStateException("system call " + number + " could not be made", e);
    }
  }

  static long call(int number, long first, long second, long third) {
    return call(number, first, second, third, 0, 0);
  }

  /** A file in memory without a folder, of zeros; its descriptor, or a negative number where the kernel refuses. */
  static long anonymousFile(String name, long bytes) {
    long closedInOtherPrograms = 1;
    try (Arena arena = Arena.ofConfined()) {
      long descriptor = call(ANONYMOUS_FILE, arena.allocateFrom(name).address(), closedInOtherPrograms, 0);
      if (descriptor >= 0 && call(TRUNCATE, descriptor, bytes, 0) != 0) {
        call(CLOSE, descriptor, 0, 0);
        return -1;
      }
      return descriptor;
    }
  }

  static long address(MemorySegment memory) {
    return memory.address();
  }

  /** Gives up for good that a program which is started could have more rights; walls need that. */
  static boolean giveUpNewPrivileges() {
    return call(PRCTL, SET_NO_NEW_PRIVILEGES, 1, 0) == 0;
  }
}
