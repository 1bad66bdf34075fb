package org.answerprint.media.sandbox;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Tells the parent now and then that a decoder gets on, while it works through pictures that are not sent: a film may have thousands of
 * them between a key frame and the picture that is wanted.
 */
final class SignOfLife {

  private static final int SIGNS = 10;

  private final DataOutputStream out;
  private final long periodNanos;
  private long last;
  private boolean given;

  /** Gives at most ten signs within a silence that would end this process. */
  SignOfLife(DataOutputStream out, Duration silence) {
    this.out = out;
    this.periodNanos = silence.toNanos() / SIGNS;
  }

  /** Some work was done; to be called between messages only. */
  void give(long nanos) {
    if (given && nanos - last < periodNanos) {
      return;
    }
    given = true;
    last = nanos;
    try {
      out.writeByte(Message.ALIVE);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
