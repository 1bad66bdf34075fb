package org.answerprint.media.sandbox;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says from looks at a clock whether a silence lasts too long. A look that comes seconds late means that nobody here could hear anything
 * meanwhile, as where this process was stopped: the silence is then measured anew. Times are in nanoseconds. Not thread-safe.
 */
final class SilenceMeasure {

  /** Nobody waits for the process. */
  static final long NOT_WAITING = Long.MIN_VALUE;
  /** Eight times as long as looks are apart. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long allowedNanos;
  private long lastLook;
  /** The silence that is measured, from when on, and the processor time used before it. */
  private long measured = NOT_WAITING;
  private long begun;
  private long usedBefore;
  private boolean sampled;

  SilenceMeasure(long allowedNanos, long now) {
    this.allowedNanos = allowedNanos;
    this.lastLook = now;
  }

  /**
   * One look: whether the silence has lasted for more than the allowed processor time, or three times as long by the clock.
   *
   * @param since when it began, or {@link #NOT_WAITING}
   * @param used processor time of the process so far; asked only where the silence is not a short one
   */
  boolean isTooLong(long now, long since, LongSupplier used) {
    boolean late = now - lastLook > LATE_NANOS;
    lastLook = now;
    if (since == NOT_WAITING) {
      return false;
    }
    if (since != measured || late) {
      measured = since;
      begun = late ? now : since;
      sampled = false;
    }
    if (now - begun < allowedNanos / 4) {
      return false;
    }
    if (!sampled) {
      sampled = true;
      usedBefore = used.getAsLong();
    }
    return used.getAsLong() - usedBefore > allowedNanos || now - begun > 3 * allowedNanos;
  }
}
