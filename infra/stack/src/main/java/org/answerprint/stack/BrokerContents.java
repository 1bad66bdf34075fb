package org.answerprint.stack;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates what a broker should hold when it is ready: topics, and the settings of share groups. Repeatable. */
final class BrokerContents {
  private static final int LIMIT_SECONDS = 30;

  private BrokerContents() {}

  static void create(BrokerSettings settings) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + settings.port());
    try (Admin admin = Admin.create(client)) {
      for (KafkaFuture<Void> topic : admin.createTopics(topics(settings)).values().values()) {
        awaitCreation(topic);
      }
      admin.incrementalAlterConfigs(shareGroups(settings)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Collection<NewTopic> topics(BrokerSettings settings) {
    return settings.topics().entrySet().stream()
        .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
        .toList();
  }

  private static void awaitCreation(KafkaFuture<Void> topic) throws Exception {
    try {
      topic.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static Map<ConfigResource, Collection<AlterConfigOp>> shareGroups(BrokerSettings settings) {
    AlterConfigOp earliest = new AlterConfigOp(
        new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
    return settings.shareGroups().stream().collect(Collectors.toMap(
        group -> new ConfigResource(ConfigResource.Type.GROUP, group), _ -> List.of(earliest)));
  }
}
