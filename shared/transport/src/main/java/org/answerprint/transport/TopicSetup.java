package org.answerprint.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.answerprint.events.Channel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics that are missing; existing ones are left as they are. May run in several processes at once. */
public final class TopicSetup {

  /** Partitions of a control topic: the most consumers that may share one. */
  public static final int CONTROL_PARTITIONS = 12;

  private static final long PATIENCE_SECONDS = 30;

  private final Broker broker;

  public TopicSetup(Broker broker) {
    this.broker = broker;
  }

  /**
   * The topics of all channels, with the broker's default replication. The queue of long work always gets one
   * partition: its workers share it, and one that dies must not keep a partition to itself.
   */
  public void createChannels(int partitions) {
    create(Stream.of(Channel.values()).collect(
        Collectors.toMap(Channel::topic, channel -> channel == Channel.WORK ? 1 : partitions)));
  }

  /**
   * Topics with these numbers of partitions, with the broker's default replication.
   *
   * @throws org.answerprint.faults.TransientFault when the broker cannot be reached or refuses
   */
  public void create(Map<String, Integer> partitionsByTopic) {
    List<NewTopic> wanted = partitionsByTopic.entrySet().stream()
        .map(each -> new NewTopic(each.getKey(), Optional.of(each.getValue()), Optional.empty()))
        .toList();
    try (Admin admin = Admin.create(broker.settings(Map.of()))) {
      admin.createTopics(wanted).values().forEach(this::await);
    }
  }

  private void await(String topic, KafkaFuture<Void> created) {
    String what = "create the topic " + topic;
    try {
      created.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw broker.trouble(what, failed.getCause());
      }
    } catch (TimeoutException late) {
      throw broker.trouble(what, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw broker.trouble(what, interrupted);
    }
  }
}
