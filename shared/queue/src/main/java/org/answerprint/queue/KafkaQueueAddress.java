package org.answerprint.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.answerprint.faults.TransientFault;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a queue lies on a broker.
 *
 * @param client settings of every client, {@code bootstrap.servers} and whatever security the broker asks for
 * @param topic items that may be taken
 * @param laterTopic items that wait until they are due
 * @param deadTopic dead letters
 * @param group the share group of all workers; waiting items are watched by the group of this name with {@code .later}
 */
public record KafkaQueueAddress(
    Map<String, String> client, String topic, String laterTopic, String deadTopic, String group) {

  private static final Logger log = LoggerFactory.getLogger(KafkaQueueAddress.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  public KafkaQueueAddress {
    client = Map.copyOf(client);
  }

  /** The usual names: {@code <topic>.later}, {@code <topic>.dead}, {@code <topic>.workers}. */
  public static KafkaQueueAddress of(String bootstrapServers, String topic) {
    return of(Map.of("bootstrap.servers", bootstrapServers), topic);
  }

  /** The same on a broker that asks for more than its address. */
  public static KafkaQueueAddress of(Map<String, String> client, String topic) {
    return new KafkaQueueAddress(client, topic, topic + ".later", topic + ".dead", topic + ".workers");
  }

  /**
   * Creates those of the three topics that are missing, with one partition each and the broker's default replication.
   * One partition is read by all workers at once. Of several, each belongs to few workers, and what lies in those of a
   * dead or frozen worker stays there until its session ends, 45 s later.
   *
   * @throws TransientFault when the broker cannot be reached or refuses
   */
  public void createTopics() {
    try (Admin admin = admin()) {
      List<NewTopic> wanted = List.of(topic, laterTopic, deadTopic).stream()
          .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
          .toList();
      List<KafkaFuture<Void>> created = new ArrayList<>(admin.createTopics(wanted).values().values());
      created.forEach(this::awaitTopic);
    }
  }

  /** Sets what a share group reads from its group resource: start at the earliest item, and how long a lock lasts. */
  void configureGroup(Duration lock) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    List<AlterConfigOp> changes = List.of(
        set("share.auto.offset.reset", "earliest"),
        set("share.record.lock.duration.ms", Long.toString(lock.toMillis())));
    try (Admin admin = admin()) {
      await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all(), "set up the group " + group);
      warnOfPartitions(admin);
    }
  }

  private void warnOfPartitions(Admin admin) {
    int partitions = describe(admin).partitions().size();
    if (partitions > 1) {
      log.warn("the topic {} has {} partitions; with one, a dead worker's items are taken over at once", topic,
          partitions);
    }
  }

  /** Waits a little for a topic that is not there: one just created is known to the controller before each broker. */
  private TopicDescription describe(Admin admin) {
    long deadline = System.nanoTime() + PATIENCE.toNanos() / 3;
    while (true) {
      try {
        return await(admin.describeTopics(List.of(topic)).allTopicNames(), "find the topic " + topic).get(topic);
      } catch (TransientFault fault) {
        boolean mayAppear = fault.getCause() instanceof UnknownTopicOrPartitionException;
        if (!mayAppear || System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
          throw fault;
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> all = new TreeMap<>(client);
    all.putAll(more);
    return all;
  }

  /** Waits for what a client does in the background; any failure is passing trouble of the broker. */
  <T> T await(KafkaFuture<T> future, String what) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw trouble(what, failed.getCause());
    } catch (TimeoutException late) {
      throw trouble(what, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw trouble(what, interrupted);
    }
  }

  TransientFault trouble(String what, Throwable cause) {
    return new TransientFault("could not " + what + " on the broker at " + client.get("bootstrap.servers") + " ("
        + cause + "); check that it runs and try again", cause);
  }

  private void awaitTopic(KafkaFuture<Void> created) {
    try {
      await(created, "create the topics of " + topic);
    } catch (TransientFault fault) {
      if (!(fault.getCause() instanceof TopicExistsException)) {
        throw fault;
      }
    }
  }

  private Admin admin() {
    return Admin.create(settings(Map.of()));
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }
}
