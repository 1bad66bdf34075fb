package org.answerprint.stack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The running broker. The only class that touches the broker's internal classes, which change between versions. */
final class Broker implements Child.Service {
  private static final int NODE = 1;

  private final BrokerSettings settings;
  private final DataFolder folder;
  private final KafkaRaftServer server;

  private Broker(BrokerSettings settings, DataFolder folder, KafkaRaftServer server) {
    this.settings = settings;
    this.folder = folder;
    this.server = server;
  }

  /** Formats the folder on first use, starts, and returns once the asked-for topics exist. */
  static Broker start(BrokerSettings settings, DataFolder folder) throws Exception {
    Path logs = folder.part("log");
    if (!Files.exists(logs.resolve("meta.properties"))) {
      format(logs);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(configuration(settings, logs)), Time.SYSTEM);
    server.startup();
    BrokerContents.create(settings);
    return new Broker(settings, folder, server);
  }

  @Override
  public String ready() {
    return "\"port\":" + settings.port() + ",\"controllerPort\":" + settings.controllerPort();
  }

  @Override
  public void stop() throws IOException {
    server.shutdown();
    server.awaitShutdown();
    folder.close();
  }

  private static void format(Path logs) throws Exception {
    ByteArrayOutputStream talk = new ByteArrayOutputStream();
    new Formatter()
        .setPrintStream(new PrintStream(talk, true, StandardCharsets.UTF_8))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs.toString())
        .addDirectory(logs.toString())
        .run();
  }

  private static Map<String, Object> configuration(BrokerSettings settings, Path logs) {
    Map<String, Object> map = new HashMap<>();
    String client = "127.0.0.1:" + settings.port();
    String controller = "127.0.0.1:" + settings.controllerPort();
    map.put("process.roles", "broker,controller");
    map.put("node.id", NODE);
    map.put("controller.quorum.voters", NODE + "@" + controller);
    map.put("listeners", "PLAINTEXT://" + client + ",CONTROLLER://" + controller);
    map.put("advertised.listeners", "PLAINTEXT://" + client);
    map.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    map.put("inter.broker.listener.name", "PLAINTEXT");
    map.put("controller.listener.names", "CONTROLLER");
    map.put("log.dirs", logs.toString());
    map.put("auto.create.topics.enable", false);
    oneOfEverything(map);
    shareGroups(map, settings);
    // as in a properties file: the broker parses text into whatever type it wants
    map.replaceAll((_, value) -> value.toString());
    return map;
  }

  private static void oneOfEverything(Map<String, Object> map) {
    map.put("default.replication.factor", 1);
    map.put("offsets.topic.replication.factor", 1);
    map.put("offsets.topic.num.partitions", 4);
    map.put("transaction.state.log.replication.factor", 1);
    map.put("transaction.state.log.min.isr", 1);
    map.put("transaction.state.log.num.partitions", 4);
    map.put("share.coordinator.state.topic.replication.factor", 1);
    map.put("share.coordinator.state.topic.min.isr", 1);
    map.put("share.coordinator.state.topic.num.partitions", 4);
    map.put("group.initial.rebalance.delay.ms", 0);
    map.put("group.share.heartbeat.interval.ms", 1_000);
    map.put("group.share.min.heartbeat.interval.ms", 1_000);
    // after kill -9 the broker is let back in only when its old session has run out; the default is 9 s
    map.put("broker.session.timeout.ms", 2_500);
    map.put("broker.heartbeat.interval.ms", 500);
    // a record twice a second that says nothing is for followers, and there are none
    map.put("metadata.max.idle.interval.ms", 10_000);
    map.put("num.network.threads", 2);
    map.put("num.io.threads", 4);
    // the default reserves 128 MiB of heap for compacting topics that hold a few records here
    map.put("log.cleaner.dedupe.buffer.size", 4 * 1024 * 1024);
    map.put("log.cleaner.io.buffer.size", 256 * 1024);
  }

  private static void shareGroups(Map<String, Object> map, BrokerSettings settings) {
    int lock = Math.toIntExact(settings.lock().toMillis());
    map.put("group.share.record.lock.duration.ms", lock);
    map.put("group.share.min.record.lock.duration.ms", 1_000);
    map.put("group.share.max.record.lock.duration.ms", Math.max(60_000, lock));
    map.put("group.share.delivery.count.limit", 10);
  }
}
