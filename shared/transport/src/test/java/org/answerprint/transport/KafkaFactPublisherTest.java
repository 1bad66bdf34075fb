package org.answerprint.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.JobId;
import org.answerprint.faults.TransientFault;
import org.answerprint.launcher.SharedStack;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class KafkaFactPublisherTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Broker broker = Broker.at(SharedStack.broker().bootstrapServers());
  private final FactCodec codec = new FactCodec("/answerprint/test");
  private final JobId job = new JobId(UUID.randomUUID().toString());

  @Test
  void writesAFactAsACloudEventThatAForeignReaderUnderstands() {
    Fact fact = new Fact.ShotFound(job, 3);
    publish(fact);
    ConsumerRecord<String, byte[]> record = read(1).getFirst();
    CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
    assertThat(event.getId()).isEqualTo(fact.id());
    assertThat(event.getType()).isEqualTo("org.answerprint.shot.found.v1");
    assertThat(event.getSource()).hasToString("/answerprint/test");
    assertThat(event.getSubject()).isEqualTo(job.value());
    assertThat(event.getTime().toInstant()).isEqualTo(NOW);
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(FactCodec.readFact(event.getType(), event.getData().toBytes())).isEqualTo(fact);
  }

  @Test
  void keepsTheFactsOfAJobInOrderUnderItsKey() {
    for (int shot = 1; shot <= 20; shot++) {
      publish(new Fact.ShotFound(job, shot));
    }
    List<ConsumerRecord<String, byte[]>> records = read(20);
    assertThat(records).allSatisfy(record -> assertThat(record.key()).isEqualTo(job.value()));
    assertThat(records).extracting(ConsumerRecord::partition).containsOnly(records.getFirst().partition());
    assertThat(records).extracting(record -> ((Fact.ShotFound) FactCodec.readFact(
        "org.answerprint.shot.found.v1", record.value())).shot()).isSorted().hasSize(20);
  }

  @Test
  void saysThatTheBrokerIsAwayWhenItDoesNotAnswerInTime() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (FactPublisher away = new KafkaFactPublisher(
        Broker.at("127.0.0.1:" + port), codec, Clock.systemUTC(), Duration.ofMillis(300))) {
      assertThatThrownBy(() -> away.publish(new Fact.FilmPlanned(job)))
          .isInstanceOf(TransientFault.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("answerprint.parts");
    }
  }

  private void publish(Fact fact) {
    try (FactPublisher publisher = new KafkaFactPublisher(
        broker, codec, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(30))) {
      publisher.publish(fact);
    }
  }

  private List<ConsumerRecord<String, byte[]>> read(int count) {
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
        broker.settings(Map.of()), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor("answerprint.parts").stream()
          .map(each -> new TopicPartition(each.topic(), each.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> ours = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
          if (job.value().equals(record.key())) {
            ours.add(record);
          }
        });
      }
      assertThat(ours).hasSize(count);
      return ours;
    }
  }
}
