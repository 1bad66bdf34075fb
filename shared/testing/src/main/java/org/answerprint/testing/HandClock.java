package org.answerprint.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands at noon of a day in March until it is turned by hand. Thread-safe. */
public final class HandClock extends Clock {

  private Instant now = Instant.parse("2026-03-04T12:00:00Z");

  public synchronized void turn(Duration by) {
    now = now.plus(by);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
