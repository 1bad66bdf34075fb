package org.answerprint.media.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Memory that a parent shares with its decoding child, so that large pictures need not pass through the pipe. It has no
 * name in any folder, takes room only as far as it was written to, and goes when both have closed it. Not thread-safe.
 */
final class SharedPictures implements AutoCloseable {

  private static final long BYTES = 64L << 20;
  private static final int MOST_SLOTS = 4;
  /** What is smaller costs nothing in the pipe, which holds many of them. */
  private static final int SMALLEST_PICTURE = 1 << 16;
  private static final long ALIGNMENT = 4096;

  private final long descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private boolean named = true;

  private SharedPictures(long descriptor) throws IOException {
    this.descriptor = descriptor;
    try {
      this.memory = map(Path.of(path()), arena);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** New memory; empty where the kernel has none to share, so that pictures have to take the pipe. */
  static Optional<SharedPictures> create() {
    if (!SystemCalls.known()) {
      return Optional.empty();
    }
    long descriptor = SystemCalls.anonymousFile("pictures", BYTES);
    if (descriptor < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SharedPictures(descriptor));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The child's view of it, to be opened before the walls are raised; empty where that fails. */
  static Optional<MemorySegment> open(String path) {
    try {
      return path.isEmpty() ? Optional.empty() : Optional.of(map(Path.of(path), Arena.global()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static MemorySegment map(Path path, Arena arena) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
    }
  }

  /** How many pictures of a size are on their way at once; 0 where they take the pipe. */
  static int slots(int pictureBytes) {
    long fit = BYTES / stride(pictureBytes);
    return pictureBytes < SMALLEST_PICTURE || fit < 2 ? 0 : (int) Math.min(MOST_SLOTS, fit);
  }

  /** One slot's part of the memory. */
  static MemorySegment slot(MemorySegment memory, int slot, int pictureBytes) {
    return memory.asSlice(slot * stride(pictureBytes), pictureBytes);
  }

  private static long stride(int pictureBytes) {
    return (pictureBytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** What the child opens. */
  String path() {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor;
  }

  /** The child has opened it, or never will. */
  void forgetPath() {
    if (named) {
      named = false;
      SystemCalls.call(SystemCalls.CLOSE, descriptor, 0, 0);
    }
  }

  /** Copies a picture out. */
  byte[] picture(int slot, int pictureBytes) {
    byte[] data = new byte[pictureBytes];
    MemorySegment.copy(slot(memory, slot, pictureBytes), 0, MemorySegment.ofArray(data), 0, pictureBytes);
    return data;
  }

  @Override
  public void close() {
    forgetPath();
    arena.close();
  }
}
