package org.answerprint.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.answerprint.launcher.SharedStack;
import org.junit.jupiter.api.Test;

class KafkaShareQueueTest extends WorkQueueContract {

  @Override
  Place create(String name) {
    return new KafkaPlace(SharedStack.broker().bootstrapServers(), name).create();
  }

  @Test
  void aQueueOpensThoughItsTopicsAreStillBeingCreated() {
    KafkaQueueAddress address =
        KafkaQueueAddress.of(SharedStack.broker().bootstrapServers(), "work-" + UUID.randomUUID());
    CompletableFuture<WorkQueue> opening =
        CompletableFuture.supplyAsync(() -> KafkaShareQueue.open(address, QueueOptions.named("test")));
    address.createTopics();
    assertThat(opening).succeedsWithin(Duration.ofSeconds(20)).satisfies(WorkQueue::close);
  }

  @Test
  void aLetterThatAMissingTopicDoesNotTakeIsKeptAndBlocksNobody() {
    String name = "work-" + UUID.randomUUID();
    KafkaQueueAddress usual = KafkaQueueAddress.of(SharedStack.broker().bootstrapServers(), name);
    usual.createTopics();
    KafkaQueueAddress address =
        new KafkaQueueAddress(usual.client(), name, usual.laterTopic(), name + ".nowhere", usual.group());
    List<DeadLetter> kept = new CopyOnWriteArrayList<>();
    QueueOptions options = QueueOptions.named("test").withKeeper((letter, refusal) -> {
      assertThat(refusal).hasMessageContaining(name + ".nowhere");
      kept.add(letter);
    });
    try (KafkaWorkSender sender = new KafkaWorkSender(address); WorkQueue queue = KafkaShareQueue.open(address, options)) {
      sender.send(new Item("poison", Map.of(), new byte[] {1}));
      sender.send(new Item("good", Map.of(), new byte[] {2}));
      queue.take(Duration.ofSeconds(60)).orElseThrow().dead("it cannot be read", Map.of());
      assertThat(queue.take(Duration.ofSeconds(60)).orElseThrow().item().key()).isEqualTo("good");
    }
    assertThat(kept).singleElement().satisfies(letter -> assertThat(letter.reason()).isEqualTo("it cannot be read"));
  }
}
