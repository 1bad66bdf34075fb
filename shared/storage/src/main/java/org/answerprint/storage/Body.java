package org.answerprint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * An object's bytes as they come over the line, which may be cut before the end that was promised (and the HTTP client
 * may take that for the end), or trickle for ever without ever being silent. Not thread-safe.
 */
final class Body {

  private final InputStream in;
  private final Pace pace;
  private long left;
  private long windowBegan = System.nanoTime();
  private long windowBytes;

  /**
   * The slowest line that is put up with.
   *
   * @param window over which it is measured
   * @param bytes that come in it at least
   */
  record Pace(Duration window, long bytes) {
    /** About a thousand bytes a second. */
    static final Pace SLOWEST = new Pace(Duration.ofSeconds(30), 32 * 1024);
  }

  /** A body of which {@code length} bytes are promised. */
  Body(InputStream in, long length, Pace pace) {
    this.in = in;
    this.left = length;
    this.pace = pace;
  }

  /**
   * Reads at least one byte.
   *
   * @return how many, or -1 where all that was promised has come
   * @throws IOException where it ends before that, or comes too slowly
   */
  int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(into, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw new IOException("the line was cut " + left + " bytes before the end");
    }
    left -= n;
    requirePace(n);
    return n;
  }

  /** Fills the array with all that was promised, which it has room for. */
  void fill(byte[] into) throws IOException {
    int filled = 0;
    for (int n; (n = read(into, filled, into.length - filled)) > 0; ) {
      filled += n;
    }
  }

  private void requirePace(int n) throws IOException {
    windowBytes += n;
    long passed = System.nanoTime() - windowBegan;
    if (passed < pace.window().toNanos()) {
      return;
    }
    if (left > 0 && windowBytes < pace.bytes()) {
      throw new IOException("only " + windowBytes + " bytes came in " + pace.window().toSeconds() + " s");
    }
    windowBegan = System.nanoTime();
    windowBytes = 0;
  }
}
