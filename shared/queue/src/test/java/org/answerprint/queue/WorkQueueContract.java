package org.answerprint.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every adapter of the queue promises, tried on the real thing. */
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
abstract class WorkQueueContract {

  private static final Duration LOCK = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration PAST_LOCK = Duration.ofSeconds(4);
  private static final QueueOptions OPTIONS = QueueOptions.named("test").withLock(LOCK);

  private Place place;

  /** A new, empty queue of this name. */
  abstract Place create(String name);

  @BeforeEach
  void create() {
    place = create("work-" + UUID.randomUUID());
  }

  @Test
  void deliversWhatWasSentBeforeAnyWorkerExistedJustAsItWas() {
    byte[] binary = {0, -1, 127, -128, 13};
    send(new Item("empty", Map.of(), new byte[0]));
    send(new Item("binary", Map.of("ce_type", "a.b.v1", "note", "größer \"q\""), binary));
    send(new Item("text", Map.of(), "{\"a\": \"ü\"}".getBytes(StandardCharsets.UTF_8)));
    try (WorkQueue queue = open()) {
      List<Item> items = List.of(finishNext(queue), finishNext(queue), finishNext(queue));
      assertThat(items).extracting(Item::key).containsExactlyInAnyOrder("empty", "binary", "text");
      Item item = items.stream().filter(each -> each.key().equals("binary")).findFirst().orElseThrow();
      assertThat(item.body()).containsExactly(binary);
      assertThat(item.headers()).containsOnly(Map.entry("ce_type", "a.b.v1"), Map.entry("note", "größer \"q\""));
      assertThat(items).filteredOn(each -> each.key().equals("empty"))
          .singleElement().satisfies(each -> assertThat(each.body()).isEmpty());
      assertThat(items).filteredOn(each -> each.key().equals("text")).singleElement()
          .satisfies(each -> assertThat(each.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\": \"ü\"}"));
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
  }

  @Test
  void leavesLongWorkWithItsWorkerAndDoesNotRepeatIt() {
    send("long");
    try (WorkQueue queue = open(); WorkQueue other = open()) {
      Lease lease = next(queue);
      assertThat(other.take(LOCK.multipliedBy(2).plusSeconds(1))).isEmpty();
      assertThat(lease.renew()).isTrue();
      lease.done();
      assertThat(other.take(PAST_LOCK)).isEmpty();
    }
  }

  /** One worker for all that can happen to it, one after the other, since a process of its own takes long to start. */
  @Test
  void givesTheItemOfAFrozenOrKilledWorkerToAnotherWhomTheThawedOneDoesNotDisturb() throws Exception {
    try (Worker worker = Worker.start(place, LOCK)) {
      thawsWhileAnotherHasItsItem(worker);
      thawsWhenAnotherHasFinishedItsItem(worker);
      isKilled(worker);
    }
  }

  private void thawsWhileAnotherHasItsItem(Worker worker) throws Exception {
    send("held");
    worker.take("held");
    try (WorkQueue queue = open()) {
      worker.freeze();
      Lease lease = next(queue);
      assertThat(lease.deliveryCount()).isEqualTo(2);
      worker.thaw();
      assertThat(worker.settles()).as("it still has the item").isFalse();
      assertThat(lease.renew()).isTrue();
      lease.done();
      assertThat(queue.take(PAST_LOCK)).isEmpty();
      assertThat(place.deadLetters()).isEmpty();
    }
  }

  private void thawsWhenAnotherHasFinishedItsItem(Worker worker) throws Exception {
    send("finished");
    worker.take("finished");
    try (WorkQueue queue = open()) {
      worker.freeze();
      assertThat(finishNext(queue).key()).isEqualTo("finished");
      worker.thaw();
      assertThat(worker.settles()).as("it still has the item").isFalse();
      send("next");
      assertThat(finishNext(queue).key()).isEqualTo("next");
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
  }

  private void isKilled(Worker worker) throws Exception {
    send("shot");
    worker.take("shot");
    try (WorkQueue queue = open()) {
      worker.kill();
      Lease lease = next(queue);
      assertThat(lease.item().key()).isEqualTo("shot");
      assertThat(lease.deliveryCount()).isEqualTo(2);
      lease.done();
    }
  }

  @Test
  void handsBackWorkThatMakesNoProgress() {
    send("stuck");
    try (WorkQueue queue = place.open(OPTIONS.withStallAfter(LOCK)); WorkQueue other = open()) {
      Lease stuck = next(queue);
      Lease taken = next(other);
      assertThat(taken.item().key()).isEqualTo("stuck");
      assertThat(taken.deliveryCount()).isEqualTo(2);
      assertThat(stuck.held()).isFalse();
      assertThat(stuck.renew()).isFalse();
      stuck.done();
      assertThat(taken.renew()).isTrue();
      taken.done();
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
  }

  @Test
  void deliversTwiceWhatWasSentTwice() {
    send("same");
    send("same");
    try (WorkQueue queue = open()) {
      assertThat(finishNext(queue).key()).isEqualTo("same");
      assertThat(finishNext(queue).key()).isEqualTo("same");
    }
  }

  @Test
  void writesOneDeadLetterWithEverythingKnownAboutPoison() {
    Instant start = Instant.now();
    List<DeadLetter> heard = new CopyOnWriteArrayList<>();
    send(new Item("poison", Map.of("ce_type", "unknown"), new byte[] {1, 2, 3}));
    try (WorkQueue queue = place.open(OPTIONS.withOnDead(heard::add))) {
      next(queue).dead("the body cannot be read", Map.of("found", "3 bytes", "shot", "7"));
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
    assertThat(place.deadLetters()).singleElement().satisfies(letter -> {
      assertThat(letter.item().key()).isEqualTo("poison");
      assertThat(letter.item().headers()).containsOnly(Map.entry("ce_type", "unknown"));
      assertThat(letter.item().body()).containsExactly(1, 2, 3);
      assertThat(letter.reason()).isEqualTo("the body cannot be read");
      assertThat(letter.context()).containsOnly(Map.entry("found", "3 bytes"), Map.entry("shot", "7"));
      assertThat(letter.origin()).contains("work-");
      assertThat(letter.deliveryCount()).isEqualTo(1);
      assertThat(letter.attempt()).isEqualTo(1);
      assertThat(letter.worker()).isEqualTo("test");
      assertThat(letter.time()).isBetween(start, Instant.now());
    });
    assertThat(heard).hasSize(1);
  }

  @Test
  void countsDeliveriesAndDeadLettersWhatNoWorkerSurvives() {
    send("deadly");
    for (int delivery = 1; delivery <= 2; delivery++) {
      try (WorkQueue queue = place.open(OPTIONS.withMaxDeliveries(2))) {
        assertThat(next(queue).deliveryCount()).isEqualTo(delivery);
      }
    }
    try (WorkQueue queue = place.open(OPTIONS.withMaxDeliveries(2))) {
      assertThat(queue.take(PAST_LOCK)).isEmpty();
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
    assertThat(place.deadLetters()).singleElement().satisfies(letter -> {
      assertThat(letter.item().key()).isEqualTo("deadly");
      assertThat(letter.deliveryCount()).isEqualTo(3);
      assertThat(letter.reason()).contains("delivered 3 times").contains("2 are allowed");
    });
  }

  @Test
  void keepsAnItemWhoseDeadLetterNobodyCouldHear() {
    send("deadly");
    try (WorkQueue queue = place.open(OPTIONS.withMaxDeliveries(1))) {
      next(queue);
    }
    List<DeadLetter> heard = new CopyOnWriteArrayList<>();
    try (WorkQueue queue = place.open(OPTIONS.withMaxDeliveries(1).withOnDead(letter -> {
      heard.add(letter);
      if (heard.size() == 1) {
        throw new IllegalStateException("not now");
      }
    }))) {
      assertThatThrownBy(() -> queue.take(LONG)).hasMessage("not now");
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
    assertThat(heard).extracting(DeadLetter::deliveryCount).containsExactly(2, 2);
  }

  @Test
  void bringsAnItemBackAfterItsDelayAndNotBefore() {
    send(new Item("later", Map.of("ce_type", "a.b.v1"), new byte[] {0, 7}));
    send("now");
    try (WorkQueue queue = open()) {
      Lease first = next(queue);
      first = first.item().key().equals("now") ? finishAndTakeNext(queue, first) : first;
      assertThat(first.attempt()).isEqualTo(1);
      Instant due = Instant.now().plus(PAST_LOCK);
      first.retryLater(PAST_LOCK, "the bucket is away");
      Lease again = next(queue);
      again = again.item().key().equals("now") ? finishAndTakeNext(queue, again) : again;
      assertThat(Instant.now()).isAfterOrEqualTo(due);
      assertThat(again.item().key()).isEqualTo("later");
      assertThat(again.item().headers()).containsOnly(Map.entry("ce_type", "a.b.v1"));
      assertThat(again.item().body()).containsExactly(0, 7);
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(again.deliveryCount()).isEqualTo(1);
      again.retryLater(Duration.ZERO, "once more");
      Lease third = next(queue);
      assertThat(third.attempt()).isEqualTo(3);
      third.done();
      assertThat(queue.take(PAST_LOCK)).isEmpty();
    }
  }

  @Test
  void givesTwoWorkersOneItemEach() {
    try (WorkQueue one = open(); WorkQueue other = open()) {
      CompletableFuture<Lease> first = CompletableFuture.supplyAsync(() -> next(one));
      CompletableFuture<Lease> second = CompletableFuture.supplyAsync(() -> next(other));
      send("a");
      send("b");
      assertThat(List.of(first.join().item().key(), second.join().item().key())).containsExactlyInAnyOrder("a", "b");
      first.join().done();
      second.join().done();
    }
  }

  @Test
  void refusesASecondLeaseAndASecondSettling() {
    send("a");
    try (WorkQueue queue = open()) {
      Lease lease = next(queue);
      assertThatThrownBy(() -> queue.take(Duration.ZERO)).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("still held");
      lease.done();
      assertThatThrownBy(lease::done).isInstanceOf(IllegalStateException.class).hasMessageContaining("settled");
    }
  }

  @Test
  void handsNothingOutOnceClosed() {
    WorkQueue closed;
    try (WorkQueue queue = open()) {
      closed = queue;
    }
    assertThatThrownBy(() -> closed.take(Duration.ZERO)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private WorkQueue open() {
    return place.open(OPTIONS);
  }

  private void send(String key) {
    send(Item.of(key, key.getBytes(StandardCharsets.UTF_8)));
  }

  private void send(Item item) {
    try (WorkSender sender = place.sender()) {
      sender.send(item);
    }
  }

  private static Lease next(WorkQueue queue) {
    return queue.take(LONG).orElseThrow(() -> new AssertionError("nothing came within " + LONG));
  }

  private static Item finishNext(WorkQueue queue) {
    Lease lease = next(queue);
    lease.done();
    return lease.item();
  }

  private static Lease finishAndTakeNext(WorkQueue queue, Lease lease) {
    lease.done();
    return next(queue);
  }
}
