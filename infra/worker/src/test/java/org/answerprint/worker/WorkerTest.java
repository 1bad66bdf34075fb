package org.answerprint.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.queue.Item;
import org.answerprint.queue.Lease;
import org.answerprint.queue.WorkQueue;
import org.answerprint.queue.WorkSender;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.transport.memory.InMemoryFactPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker over memory, and a queue that takes an item back only when it is asked again, as SQS may. */
@Timeout(60)
class WorkerTest {

  private static final JobId JOB = new JobId("a-job");
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final List<Item> sent = new ArrayList<>();
  private final Stage stage = new Stage(StageSettings.of(Map.of()), Clock.systemUTC(), new MemoryObjectStore(Clock.systemUTC()),
      new InMemoryFactPublisher(), new Sent(), new SimpleMeterRegistry());
  private final Worker worker = new Worker(stage, System::nanoTime, AT_ONCE);
  private final Moody queue = new Moody();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anItemThatTheQueueDoesNotTakeBackAtOnceIsHandedBackAgainAndTheWorkerGoesOn() throws Exception {
    queue.waiting.add(new Held(elsewhere("one"), 1, false));
    queue.waiting.add(new Held(elsewhere("two"), 0, false));
    drain();
    assertThat(queue.handedOut).extracting(lease -> lease.settled)
        .containsExactly("later: another worker is at it", "later: another worker is at it");
  }

  @Test
  void aLetterThatIsNotBuriedAtOnceIsBuriedLater() throws Exception {
    queue.waiting.add(new Held(new Item("broken", Map.of(), "no work".getBytes(StandardCharsets.UTF_8)), 2, false));
    drain();
    assertThat(queue.handedOut).singleElement().satisfies(lease -> assertThat(lease.settled).startsWith("dead: "));
  }

  @Test
  void anItemThatIsSettledAndCouldNotBeRemovedIsLeftForTheQueueToBringAgain() throws Exception {
    queue.waiting.add(new Held(finished("one"), 1, true));
    queue.waiting.add(new Held(finished("two"), 0, false));
    drain();
    assertThat(queue.handedOut).extracting(lease -> lease.settled).containsExactly("done", "done");
  }

  @Test
  void aWorkerThatIsToStopLeavesWhatTheQueueDoesNotTakeToItsClosing() throws Exception {
    queue.waiting.add(new Held(elsewhere("one"), Integer.MAX_VALUE, false));
    queue.stopAfter = 0;
    drain();
    assertThat(queue.handedOut).singleElement().satisfies(lease -> assertThat(lease.held()).isTrue());
  }

  @Test
  void aWorkerThatTakesLongToStartStillAsksForWhatWaits() throws Exception {
    queue.waiting.add(new Held(finished("one"), 0, false));
    Waiting over = new Waiting(Optional.of(Duration.ZERO), Duration.ofMinutes(1), System::nanoTime);
    worker.drain(queue, over);
    assertThat(queue.handedOut).extracting(lease -> lease.settled).containsExactly("done");
  }

  private void drain() throws InterruptedException {
    worker.drain(queue, new Waiting(Optional.empty(), Duration.ofMinutes(1), System::nanoTime));
  }

  /** An item that shows signs of life: somebody else works on it, so that it comes back later. */
  private Item elsewhere(String task) {
    stage.store().put(stage.jobs().buckets().work(), JobKeys.progress(JOB, new TaskKey(task)), new byte[0], "application/json");
    return item(task);
  }

  /** An item whose output is there. */
  private Item finished(String task) {
    stage.jobs().mark(JobKeys.take(new TaskKey(task)));
    return item(task);
  }

  private Item item(String task) {
    stage.outbox().send(new WorkItem.EditWork(JOB, new TaskKey(task), 1, 1));
    return sent.getLast();
  }

  /** Hands out what it has, and has the worker stop then. */
  private final class Moody implements WorkQueue {

    private final Queue<Held> waiting = new ArrayDeque<>();
    private final List<Held> handedOut = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;

    @Override
    public Optional<Lease> take(Duration wait) {
      if (!handedOut.isEmpty() && handedOut.getLast().held()) {
        throw new IllegalStateException("an item is still held");
      }
      Optional<Held> next = Optional.ofNullable(waiting.poll());
      next.ifPresent(handedOut::add);
      if (next.isEmpty() || handedOut.size() > stopAfter) {
        worker.stop();
      }
      return next.map(Lease.class::cast);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** A lease that refuses to be settled so many times, before or after it is. */
  private static final class Held implements Lease {

    private final Item item;
    private final boolean settlesFirst;
    private int refusals;
    private String settled = "";

    Held(Item item, int refusals, boolean settlesFirst) {
      this.item = item;
      this.refusals = refusals;
      this.settlesFirst = settlesFirst;
    }

    @Override
    public Item item() {
      return item;
    }

    @Override
    public int deliveryCount() {
      return 1;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public boolean held() {
      return settled.isEmpty();
    }

    @Override
    public boolean renew() {
      return held();
    }

    @Override
    public void done() {
      settle("done");
    }

    @Override
    public void retryLater(Duration delay, String why) {
      settle("later: " + why);
    }

    @Override
    public void dead(String reason, Map<String, String> context) {
      settle("dead: " + reason);
    }

    private void settle(String how) {
      if (!held()) {
        throw new IllegalStateException("it is settled already");
      }
      boolean refuses = refusals > 0;
      refusals--;
      settled = refuses && !settlesFirst ? "" : how;
      if (refuses) {
        throw new TransientFault("the queue is unwell");
      }
    }
  }

  private final class Sent implements WorkSender {

    @Override
    public void send(Item item) {
      sent.add(item);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
