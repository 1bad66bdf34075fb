package org.answerprint.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.answerprint.events.Channel;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.queue.Item;
import org.answerprint.queue.Lease;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.Queues;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel's poller against a real server of SQS. */
class SqsPollerTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static int systems;

  private static Queues queues;
  private Queues mine;
  private Stage stage;

  @BeforeAll
  static void start() {
    queues = Queues.start("warm");
  }

  @AfterAll
  static void stop() {
    queues.close();
  }

  @BeforeEach
  void open() {
    String prefix = "system-" + systems++;
    mine = queues.alike(prefix);
    stage = stage(prefix, mine.endpoint());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static Stage stage(String prefix, String endpoint) {
    return new Stage(StageSettings.of(Map.of(
        "ANSWERPRINT_PREFIX", prefix, "ANSWERPRINT_TRANSPORT", "sqs", "ANSWERPRINT_SQS_ENDPOINT", endpoint, "ANSWERPRINT_LOCK_SECONDS", "1",
        "ANSWERPRINT_ACCESS_KEY", "x", "ANSWERPRINT_SECRET_KEY", "x", "ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9")), "/answerprint/test",
        new SimpleMeterRegistry());
  }

  private SqsPoller poller(Consumer<byte[]> work) {
    SqsPoller poller = new SqsPoller(stage, new Taker(Channel.ACCEPTED, 1, work), 1);
    poller.start();
    return poller;
  }

  @Test
  void whatIsPublishedIsTakenOnce() {
    BlockingQueue<Fact> taken = new ArrayBlockingQueue<>(10);
    Bridge bridge = new Bridge();
    List<Fact> told = List.of(new Fact.VideoAccepted(new JobId("one")), new Fact.VideoAccepted(new JobId("two")));
    try (SqsPoller _ = poller(body -> taken.add(bridge.fact(body)))) {
      told.forEach(stage.outbox()::send);
      Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrderElementsOf(told));
      Awaitility.await().atMost(SOON).until(() -> mine.count(Channel.ACCEPTED) == 0);
    }
    assertThat(mine.dead(Channel.ACCEPTED)).isEmpty();
  }

  @Test
  void aMessageStaysHiddenForAsLongAsItIsWorkedOn() throws InterruptedException {
    BlockingQueue<String> taken = new ArrayBlockingQueue<>(10);
    CountDownLatch longEnough = new CountDownLatch(1);
    Consumer<byte[]> slow = body -> {
      taken.add(new String(body, StandardCharsets.UTF_8));
      await(longEnough);
    };
    mine.send(Channel.ACCEPTED, "film");
    try (SqsPoller _ = poller(slow); SqsPoller _ = poller(slow)) {
      assertThat(taken.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("film");
      // three times the lock, in which it would have come to the other one
      assertThat(taken.poll(3, TimeUnit.SECONDS)).isNull();
      longEnough.countDown();
      Awaitility.await().atMost(SOON).until(() -> mine.count(Channel.ACCEPTED) == 0);
    }
  }

  @Test
  void whatNobodyCanDoIsADeadLetterWithItsReasonAndHoldsUpNoOther() {
    BlockingQueue<String> done = new ArrayBlockingQueue<>(10);
    mine.send(Channel.ACCEPTED, "poison");
    mine.send(Channel.ACCEPTED, "good");
    try (SqsPoller _ = poller(body -> {
      String text = new String(body, StandardCharsets.UTF_8);
      if (text.equals("poison")) {
        throw new InternalFault("nobody can read this");
      }
      done.add(text);
    })) {
      Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(done).containsExactly("good"));
      Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(mine.dead(Channel.ACCEPTED)).singleElement().satisfies(letter -> {
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.messageAttributes().get("headers").stringValue()).contains("nobody can read this");
      }));
    }
  }

  @Test
  void aDeadLetterThatIsRefusedIsTriedAgainUntilItIsTaken() {
    AtomicInteger refusals = new AtomicInteger(2);
    List<Object> buried = new ArrayList<>();
    Lease lease = (Lease) Proxy.newProxyInstance(Lease.class.getClassLoader(), new Class<?>[] {Lease.class}, (self, verb, arguments) ->
        switch (verb.getName()) {
          case "item" -> new Item("a-key", Map.of(), "poison".getBytes(StandardCharsets.UTF_8));
          case "held" -> buried.isEmpty();
          case "dead" -> {
            if (refusals.getAndDecrement() > 0) {
              throw new TransientFault("neither the queue nor the bucket takes it");
            }
            buried.add(arguments[0]);
            yield null;
          }
          default -> throw new IllegalStateException("not expected of a dead letter: " + verb.getName());
        });
    try (SqsPoller poller = new SqsPoller(stage, new Taker(Channel.ACCEPTED, 1, body -> {
      throw new InternalFault("nobody can read this");
    }), 1)) {
      poller.serve(lease);
    }
    assertThat(buried).containsExactly("nobody can read this");
  }

  @Test
  void whatKillsItsTakersIsADeadLetterAfterTheReceivesOfItsQueue() {
    mine.send(Channel.ACCEPTED, "killer");
    for (int taker = 0; taker < Queues.RECEIVES; taker++) {
      // received, and never heard of again
      Awaitility.await().atMost(SOON).until(() -> !mine.receive(Channel.ACCEPTED, 0).isEmpty());
    }
    BlockingQueue<byte[]> taken = new ArrayBlockingQueue<>(10);
    try (SqsPoller _ = poller(taken::add)) {
      Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(mine.dead(Channel.ACCEPTED)).hasSize(1));
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void aServerThatComesLateIsWaitedFor() {
    BlockingQueue<byte[]> taken = new ArrayBlockingQueue<>(10);
    String prefix = "late-" + systems;
    try (Stage early = stage(prefix, mine.endpoint()); SqsPoller poller = new SqsPoller(early, new Taker(Channel.ACCEPTED, 1, taken::add), 1)) {
      poller.start();
      Queues late = queues.alike(prefix);
      late.send(Channel.ACCEPTED, LambdaCalls.body(new Fact.VideoAccepted(new JobId("one"))));
      Awaitility.await().atMost(SOON).until(() -> taken.size() == 1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
