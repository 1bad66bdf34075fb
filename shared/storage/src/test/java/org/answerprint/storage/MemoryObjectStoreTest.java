package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {

  private final ObjectStore store = new MemoryObjectStore(Clock.systemUTC());

  @Override
  ObjectStore store() {
    return store;
  }

  @Override
  String bucket() {
    return "memory-work";
  }

  @Test
  void tellsTheTimeOfItsClock() {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    ObjectStore past = new MemoryObjectStore(Clock.fixed(then, ZoneOffset.UTC));
    past.putIfAbsent("a-bucket", "a", bytes("x"), "text/plain");

    assertThat(past.head("a-bucket", "a")).map(ObjectInfo::modified).contains(then);
  }

  @Test
  void keepsBucketsApart() {
    store.putIfAbsent("one-bucket", "a", bytes("x"), "text/plain");

    assertThat(store.head("other-bucket", "a")).isEmpty();
  }
}
