package org.answerprint.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.answerprint.events.Channel;
import org.answerprint.launcher.SharedStack;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TopicSetupTest {

  private final Broker broker = Broker.at(SharedStack.broker().bootstrapServers());
  private final TopicSetup setup = new TopicSetup(broker);

  @Test
  void createsWhatIsMissingAndLeavesTheRestAsItIs() throws Exception {
    String old = "old-" + UUID.randomUUID();
    String fresh = "fresh-" + UUID.randomUUID();
    setup.create(Map.of(old, 2));
    setup.create(Map.of(old, 3, fresh, 3));
    try (Admin admin = Admin.create(broker.settings(Map.of()))) {
      // a topic that was made is known to every part of the broker a moment later
      var topics = Awaitility.await().ignoreExceptions().until(() -> admin.describeTopics(List.of(old, fresh)).allTopicNames().get(), Objects::nonNull);
      assertThat(topics.get(old).partitions()).hasSize(2);
      assertThat(topics.get(fresh).partitions()).hasSize(3);
    }
  }

  @Test
  void knowsTheTopicsOfAllChannels() throws Exception {
    setup.createChannels(1);
    try (Admin admin = Admin.create(broker.settings(Map.of()))) {
      List<String> wanted = Stream.of(Channel.values()).map(Channel::topic).toList();
      Awaitility.await().untilAsserted(() -> assertThat(admin.listTopics().names().get()).containsAll(wanted));
    }
  }
}
