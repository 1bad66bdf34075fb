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
 * so that a busy machine harms nobody; of the wall's time a process has three times as much. Also remembers what processor
 * time the process was seen to have used, since that cannot be asked once it is dead.
 */
final class Silence implements AutoCloseable {

  private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().daemon().name("decoder-watch").factory());
  private static final long NOT_WAITING = SilenceMeasure.NOT_WAITING;

  private final Process process;
  private final SilenceMeasure measure;
  private final ScheduledFuture<?> check;
  private volatile long waitingSince = NOT_WAITING;
  private volatile boolean broken;
  private volatile long usedNanos;

  Silence(Process process, int allowedSeconds) {
    this.process = process;
    this.measure = new SilenceMeasure(TimeUnit.SECONDS.toNanos(allowedSeconds), System.nanoTime());
    this.check = WATCH.scheduleAtFixedRate(this::check, 250, 250, TimeUnit.MILLISECONDS);
  }

  private void check() {
    // nothing is known of a process that has just ended
    usedNanos = Math.max(usedNanos, process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L));
    if (measure.isTooLong(System.nanoTime(), waitingSince, this::usedNanos)) {
      broken = true;
      process.destroyForcibly();
    }
  }

  /** Processor time that the process was seen to have used, at most a look ago. */
  long usedNanos() {
    return usedNanos;
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
