package org.answerprint.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;
import org.junit.jupiter.api.Test;

class StoresTest {

  private final HandClock clock = new HandClock();
  private final ObjectStore memory = new MemoryObjectStore(clock);
  private final List<String> told = new ArrayList<>();
  private boolean away;

  @Test
  void everyVerbIsToldBeforeItIsDone() {
    ObjectStore store = Stores.watched(memory, (verb, key) -> told.add(verb + " " + key + ", there: " + memory.head("b", "k").isPresent()));
    store.put("b", "k", new byte[3], "text/plain");
    store.list("b", "p", object -> { });
    store.close();

    assertThat(told).containsExactly("put k, there: false", "list p, there: true");
  }

  @Test
  void whatTheStoreThrowsIsThrownAsItIs() {
    memory.put("b", "k", new byte[3], "text/plain");

    assertThatThrownBy(() -> Stores.watched(memory, (verb, key) -> { }).get("b", "k", 2)).isInstanceOf(RequestFault.class);
  }

  @Test
  void aStoreThatIsAwayDoesNothingAndComesBack() {
    ObjectStore store = Stores.away(memory, () -> away);
    away = true;
    assertThatThrownBy(() -> store.put("b", "k", new byte[3], "text/plain")).isInstanceOf(TransientFault.class);
    assertThat(memory.head("b", "k")).isEmpty();
    away = false;
    store.put("b", "k", new byte[3], "text/plain");
    assertThat(memory.head("b", "k")).isPresent();
  }

  @Test
  void theClockStandsUntilItIsTurned() {
    memory.put("b", "k", new byte[3], "text/plain");
    clock.turn(Duration.ofMinutes(2));
    memory.put("b", "l", new byte[3], "text/plain");

    assertThat(memory.head("b", "k")).map(ObjectInfo::modified).contains(Instant.parse("2026-03-04T12:00:00Z"));
    assertThat(memory.head("b", "l")).map(ObjectInfo::modified).contains(Instant.parse("2026-03-04T12:02:00Z"));
  }
}
