package org.answerprint.storage;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.answerprint.faults.TransientFault;

/**
 * Asks again what the store was too unwell for: soon at first, then every few seconds, never in step with others, until
 * the time is up. So a store that is away for a minute costs a minute, and no task an attempt. Thread-safe.
 */
final class Patience {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RetryPolicy<Object> policy;

  /** Begins no further try later than {@code longest} after the first; zero for one try. */
  Patience(Duration longest) {
    var builder = RetryPolicy.builder().handle(TransientFault.class);
    this.policy = longest.compareTo(FIRST_PAUSE) <= 0
        ? builder.withMaxRetries(0).build()
        : builder.withMaxRetries(-1).withMaxDuration(longest).withJitter(0.3)
            .withBackoff(FIRST_PAUSE, longest.compareTo(LONGEST_PAUSE) < 0 ? longest : LONGEST_PAUSE).build();
  }

  /**
   * The answer of the first try that has one.
   *
   * @throws TransientFault of the last try, or where this thread was interrupted
   */
  <T> T of(Supplier<T> call) {
    try {
      return Failsafe.with(policy).get(call::get);
    } catch (FailsafeException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault("the wait for the store was interrupted", e);
    }
  }
}
