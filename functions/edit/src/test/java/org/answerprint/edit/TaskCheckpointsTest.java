package org.answerprint.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.storage.ObjectStore;
import org.answerprint.testing.Stores;
import org.junit.jupiter.api.Test;

class TaskCheckpointsTest {

  private static final String BUCKET = "work";
  private static final long SECOND = 1_000_000_000L;
  private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
  private static final TaskKey TASK = new TaskKey("t1");

  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
  private long now;

  @Test
  void theLatestIsFoundByTheNextWorkerAndAlone() {
    TaskCheckpoints mine = of(store);
    for (int step = 1; step <= 12; step++) {
      mine.keep(step, new byte[] {(byte) step});
    }

    assertThat(of(store).latest()).contains(new byte[] {12});
    assertThat(keys()).hasSize(1);
  }

  @Test
  void stepsAreKeptAsOftenAsWritingTakesLittleOfTheTime() {
    TaskCheckpoints mine = of(slow());
    List<Integer> kept = new ArrayList<>();
    for (int step = 1; step <= 45; step++) {
      now += SECOND;
      mine.keep(step, new byte[] {(byte) step});
      if (mine.latest().orElseThrow()[0] == step) {
        kept.add(step);
      }
    }

    assertThat(kept).containsExactly(1, 21, 41);
  }

  @Test
  void nothingIsThereBeforeTheFirstAndAfterTheEnd() {
    TaskCheckpoints mine = of(store);
    assertThat(mine.latest()).isEmpty();
    mine.keep(1, new byte[] {1});
    mine.clear();

    assertThat(mine.latest()).isEmpty();
    assertThat(keys()).isEmpty();
  }

  @Test
  void aStoreThatIsAwayFailsNoWork() {
    TaskCheckpoints mine = of(Stores.away(store, () -> true));

    assertThatCode(() -> mine.keep(1, new byte[] {1})).doesNotThrowAnyException();
    assertThatCode(mine::clear).doesNotThrowAnyException();
  }

  /** A store that takes a second to write. */
  private ObjectStore slow() {
    return Stores.watched(store, (verb, key) -> now += verb.equals("putIfAbsent") ? SECOND : 0);
  }

  private TaskCheckpoints of(ObjectStore where) {
    return new TaskCheckpoints(where, BUCKET, JOB, TASK, () -> now);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    store.list(BUCKET, "", object -> keys.add(object.key()));
    return keys;
  }
}
