package org.answerprint.media.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A filter (seccomp) that leaves this process, with all of its threads, only the system calls by which a running Java
 * computes, allocates, and reads and writes what is open already. Everything else fails: opening, connecting, starting
 * programs, signalling others, changing files.
 */
final class SystemCallFilter {

  private static final int SET_MODE_FILTER = 1;
  private static final int ALL_THREADS = 1;

  private static final int ALLOW = 0x7fff_0000;
  private static final int KILL_PROCESS = 0x8000_0000;
  private static final int FAIL = 0x0005_0000;
  private static final int NOT_PERMITTED = FAIL | 1;
  private static final int ACCESS_DENIED = FAIL | 13;
  private static final int NO_SUCH_CALL = FAIL | 38;

  private static final int X86_64 = 0xc000_003e;
  private static final int X32_CALLS = 0x4000_0000;

  private static final int LOAD = 0x20;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_AT_LEAST = 0x35;
  private static final int IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;

  /** In this order: the frequent ones, memory, files that are open, signals, time, threads, what a process may know of itself. */
  private static final int[] HARMLESS = {
      0 /* read */, 1 /* write */, 202 /* futex */, 28 /* madvise */, 10 /* mprotect */, 9 /* mmap */, 11 /* munmap */,
      12 /* brk */, 25 /* mremap */, 27 /* mincore */,
      3 /* close */, 5 /* fstat */, 7 /* poll */, 8 /* lseek */, 17 /* pread64 */, 19 /* readv */, 20 /* writev */,
      13 /* rt_sigaction */, 14 /* rt_sigprocmask */, 15 /* rt_sigreturn */, 131 /* sigaltstack */,
      219 /* restart_syscall */,
      35 /* nanosleep */, 96 /* gettimeofday */, 100 /* times */, 201 /* time */, 228 /* clock_gettime */,
      229 /* clock_getres */, 230 /* clock_nanosleep */,
      24 /* sched_yield */, 60 /* exit */, 143 /* sched_getparam */, 145 /* sched_getscheduler */,
      204 /* sched_getaffinity */, 218 /* set_tid_address */, 231 /* exit_group */, 273 /* set_robust_list */,
      309 /* getcpu */, 324 /* membarrier */, 334 /* rseq */,
      39 /* getpid */, 63 /* uname */, 97 /* getrlimit */, 98 /* getrusage */, 99 /* sysinfo */, 102 /* getuid */,
      104 /* getgid */, 107 /* geteuid */, 108 /* getegid */, 110 /* getppid */, 186 /* gettid */, 318 /* getrandom */
  };
  /** Names are looked up in vain, not against the law: Java then says that a file is not there. */
  private static final int[] OPENING = {
      2 /* open */, 4 /* stat */, 6 /* lstat */, 21 /* access */, 89 /* readlink */, 257 /* openat */,
      262 /* newfstatat */, 267 /* readlinkat */, 269 /* faccessat */, 332 /* statx */, 437 /* openat2 */,
      439 /* faccessat2 */
  };

  private static final int CLONE = 56;
  private static final int CLONE_THREAD = 0x1_0000;
  /** Its flags lie in memory, where a filter cannot look; the C library falls back to clone. */
  private static final int CLONE3 = 435;
  private static final int IOCTL = 16;
  private static final int BYTES_WAITING = 0x541b;
  private static final int SET_THREAD_NAME = 15;
  private static final int NAME_MEMORY = 0x5356_4d41;
  private static final int TGKILL = 234;
  private static final int PRLIMIT = 302;

  private final ByteBuffer program = ByteBuffer.allocate(8 * 1024).order(ByteOrder.LITTLE_ENDIAN);

  private SystemCallFilter(long process) {
    load(ARCHITECTURE);
    unless(IF_EQUAL, X86_64, KILL_PROCESS);
    load(NUMBER);
    when(IF_AT_LEAST, X32_CALLS, NOT_PERMITTED);
    for (int number : HARMLESS) {
      when(IF_EQUAL, number, ALLOW);
    }
    for (int number : OPENING) {
      when(IF_EQUAL, number, ACCESS_DENIED);
    }
    when(IF_EQUAL, CLONE3, NO_SUCH_CALL);
    whenArgument(CLONE, 0, IF_ANY_BIT, CLONE_THREAD);
    whenArgument(IOCTL, 1, IF_EQUAL, BYTES_WAITING);
    whenArgument(SystemCalls.PRCTL, 0, IF_EQUAL, SET_THREAD_NAME, NAME_MEMORY);
    whenArgument(TGKILL, 0, IF_EQUAL, (int) process);
    limitsAreOnlyRead();
    answer(NOT_PERMITTED);
    program.flip();
  }

  /** Raises the wall around all threads; false where this kernel has none. */
  static boolean raise() {
    if (!SystemCalls.giveUpNewPrivileges()) {
      return false;
    }
    ByteBuffer steps = new SystemCallFilter(ProcessHandle.current().pid()).program;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = arena.allocate(steps.limit(), 8).copyFrom(MemorySegment.ofBuffer(steps));
      MemorySegment header = arena.allocate(16, 8);
      header.set(ValueLayout.JAVA_SHORT, 0, (short) (steps.limit() / 8));
      header.set(ValueLayout.JAVA_LONG, 8, SystemCalls.address(program));
      return SystemCalls.call(SystemCalls.SECCOMP, SET_MODE_FILTER, ALL_THREADS, SystemCalls.address(header)) == 0;
    }
  }

  private void step(int code, int ifTrue, int ifFalse, int value) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
  }

  private void load(int offset) {
    step(LOAD, 0, 0, offset);
  }

  private void answer(int verdict) {
    step(RETURN, 0, 0, verdict);
  }

  private void when(int test, int value, int verdict) {
    step(test, 0, 1, value);
    answer(verdict);
  }

  private void unless(int test, int value, int verdict) {
    step(test, 1, 0, value);
    answer(verdict);
  }

  /** Allows a call where the lower half of an argument passes one of the tests, and denies it where none does. */
  private void whenArgument(int number, int argument, int test, int... values) {
    step(IF_EQUAL, 0, 2 + 2 * values.length, number);
    load(16 + 8 * argument);
    for (int value : values) {
      when(test, value, ALLOW);
    }
    answer(NOT_PERMITTED);
  }

  private void limitsAreOnlyRead() {
    step(IF_EQUAL, 0, 7, PRLIMIT);
    load(16 + 8 * 2);
    unless(IF_EQUAL, 0, NOT_PERMITTED);
    load(16 + 8 * 2 + 4);
    when(IF_EQUAL, 0, ALLOW);
    answer(NOT_PERMITTED);
  }
}
