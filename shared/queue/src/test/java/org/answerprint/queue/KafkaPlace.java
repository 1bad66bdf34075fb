package org.answerprint.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A queue on a broker. */
record KafkaPlace(String bootstrap, String topic) implements Place {

  private KafkaQueueAddress address() {
    return KafkaQueueAddress.of(bootstrap, topic);
  }

  KafkaPlace create() {
    address().createTopics();
    return this;
  }

  @Override
  public WorkSender sender() {
    return new KafkaWorkSender(address());
  }

  @Override
  public WorkQueue open(QueueOptions options) {
    return KafkaShareQueue.open(address(), options);
  }

  @Override
  public List<String> arguments() {
    return List.of("kafka", bootstrap, topic);
  }

  @Override
  public List<DeadLetter> deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(address().deadTopic()).stream()
          .map(each -> new TopicPartition(each.topic(), each.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<DeadLetter> letters = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> letters.add(DeadLetter.read(
            KafkaHeaders.item(record).key(), KafkaHeaders.read(record), record.value())));
      }
      return letters;
    }
  }
}
