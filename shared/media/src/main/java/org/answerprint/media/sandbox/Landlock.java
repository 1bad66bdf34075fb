package org.answerprint.media.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The kernel's Landlock: the calling thread, and threads that it starts from here on, open no file and no folder by
 * name, connect and listen nowhere, and signal nobody outside. What is open already stays open.
 */
final class Landlock {

  private static final int ASK_VERSION = 1;
  /** The rights that version 1 knows; versions 2, 3 and 5 brought one more each. */
  private static final long FILE_RIGHTS = (1L << 13) - 1;
  private static final long BIND_AND_CONNECT = 3;
  private static final long SOCKETS_AND_SIGNALS = 3;

  private Landlock() {
  }

  /** Raises the wall as high as this kernel can; false where it has none. */
  static boolean raise() {
    long version = SystemCalls.call(SystemCalls.LANDLOCK_CREATE_RULESET, 0, 0, ASK_VERSION);
    if (version < 1 || !SystemCalls.giveUpNewPrivileges()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rules = arena.allocate(ValueLayout.JAVA_LONG, 3);
      rules.setAtIndex(ValueLayout.JAVA_LONG, 0, fileRights(version));
      rules.setAtIndex(ValueLayout.JAVA_LONG, 1, version >= 4 ? BIND_AND_CONNECT : 0);
      rules.setAtIndex(ValueLayout.JAVA_LONG, 2, version >= 6 ? SOCKETS_AND_SIGNALS : 0);
      long bytes = version >= 6 ? 24 : version >= 4 ? 16 : 8;
      long ruleset = SystemCalls.call(SystemCalls.LANDLOCK_CREATE_RULESET, SystemCalls.address(rules), bytes, 0);
      if (ruleset < 0) {
        return false;
      }
      boolean raised = SystemCalls.call(SystemCalls.LANDLOCK_RESTRICT_SELF, ruleset, 0, 0) == 0;
      SystemCalls.call(SystemCalls.CLOSE, ruleset, 0, 0);
      return raised;
    }
  }

  private static long fileRights(long version) {
    return FILE_RIGHTS | (version >= 2 ? 1L << 13 : 0) | (version >= 3 ? 1L << 14 : 0) | (version >= 5 ? 1L << 15 : 0);
  }
}
