package org.answerprint.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The secret of a parameter, read again every few minutes: one that was changed is used soon, and one call serves many events.
 * Thread-safe.
 */
final class SecretSource implements Supplier<WebhookSecret> {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final String name;
  private final UnaryOperator<String> store;
  private final Clock clock;
  private Known known = new Known(WebhookSecret.of("unknown until it is asked for"), Instant.MIN);

  private record Known(WebhookSecret secret, Instant until) {}

  SecretSource(String name, UnaryOperator<String> store, Clock clock) {
    this.name = name;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public synchronized WebhookSecret get() {
    Instant now = clock.instant();
    if (!now.isBefore(known.until())) {
      known = new Known(WebhookSecret.of(store.apply(name)), now.plus(FRESH));
    }
    return known.secret();
  }
}
