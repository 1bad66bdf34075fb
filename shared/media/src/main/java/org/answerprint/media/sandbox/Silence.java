package org.answerprint.media.sandbox;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that neither sends nor takes a byte for too long while its parent waits for it. Processor time counts,
 * so that a busy machine harms nobody; of the wall's time a process has three times as much.
 */
final class Silence implements AutoCloseable {

  private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().daemon().name("decoder-watch").factory());
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final Process process;
  private final long allowedNanos;
  private final ScheduledFuture<?> check;
  private volatile long waitingSince = NOT_WAITING;
  private volatile boolean broken;
  /** The silence that is being measured, and the processor time used before it; only for the watching thread. */
  private long measured = NOT_WAITING;
  private long usedBefore;

  Silence(Process process, int allowedSeconds) {
    this.process = process;
    this.allowedNanos = TimeUnit.SECONDS.toNanos(allowedSeconds);
    this.check = WATCH.scheduleAtFixedRate(this::check, 250, 250, TimeUnit.MILLISECONDS);
  }

  private void check() {
    long since = waitingSince;
    if (since == NOT_WAITING || System.nanoTime() - since < allowedNanos / 4) {
      return;
    }
    if (since != measured) {
      measured = since;
      usedBefore = processorNanos();
    }
    if (processorNanos() - usedBefore > allowedNanos || System.nanoTime() - since > 3 * allowedNanos) {
      broken = true;
      process.destroyForcibly();
    }
  }

  private long processorNanos() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** Whether the process was killed for its silence. */
  boolean broken() {
    return broken;
  }

  InputStream watch(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        waitingSince = System.nanoTime();
        try {
          return in.read();
        } finally {
          waitingSince = NOT_WAITING;
        }
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        try {
          return in.read(into, offset, length);
        } finally {
          waitingSince = NOT_WAITING;
        }
      }
    };
  }

  OutputStream watch(OutputStream stream) {
    return new FilterOutputStream(stream) {
      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        try {
          out.write(from, offset, length);
          out.flush();
        } finally {
          waitingSince = NOT_WAITING;
        }
      }
    };
  }

  @Override
  public void close() {
    check.cancel(false);
  }
}
