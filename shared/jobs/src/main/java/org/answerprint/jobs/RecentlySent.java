package org.answerprint.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for a while what was sent, so that a busy job does not queue its tasks again with every event. Forgetting
 * costs a second look at finished work, never a wrong result. Thread-safe.
 */
final class RecentlySent {

  private static final int REMEMBERED = 100_000;

  private final Duration patience;
  private final Clock clock;
  private final Map<String, Instant> sent = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > REMEMBERED;
    }
  };

  RecentlySent(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  synchronized boolean knows(String what) {
    Instant at = sent.get(what);
    return at != null && isFresh(at);
  }

  /** Whether something that happened then is too recent to be given up. */
  boolean isFresh(Instant at) {
    return at.plus(patience).isAfter(clock.instant());
  }

  synchronized void remember(String what) {
    sent.remove(what);
    sent.put(what, clock.instant());
  }
}
