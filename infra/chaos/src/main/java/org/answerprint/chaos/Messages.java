package org.answerprint.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics. */
final class Messages {

  private static final Duration POLL = Duration.ofMillis(200);

  private Messages() {}

  /** All news of ends. */
  static List<Fact.JobEnded> ended(String servers) {
    return read(servers, List.of("answerprint.ended")).stream().map(Messages::fact)
        .filter(Fact.JobEnded.class::isInstance).map(Fact.JobEnded.class::cast).toList();
  }

  private static Fact fact(ConsumerRecord<byte[], byte[]> message) {
    return FactCodec.readFact(new String(message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8), message.value());
  }

  /** All dead letters, of messages and of work. */
  static List<String> dead(String servers) {
    return read(servers, List.of("answerprint.dead-letters", "answerprint.work.dead")).stream()
        .map(message -> message.topic() + ": " + message.headers() + " " + new String(message.value(), StandardCharsets.UTF_8)).toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String servers, List<String> topics) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", servers,
        "enable.auto.commit", "false"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      topics.forEach(topic -> consumer.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition()))));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(POLL).forEach(messages::add);
      }
    }
    return messages;
  }
}
