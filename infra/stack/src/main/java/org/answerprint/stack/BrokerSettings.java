package org.answerprint.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the broker process is asked for.
 *
 * @param folder where logs and metadata live, kept over restarts
 * @param port where clients connect
 * @param controllerPort where the broker talks to its own controller
 * @param lock how long a share group's consumer holds a record, 1 s to 1 h
 * @param topics partitions by topic name; existing topics are left as they are
 * @param shareGroups share groups that begin at the oldest record
 */
record BrokerSettings(
    Path folder, int port, int controllerPort, Duration lock, Map<String, Integer> topics, List<String> shareGroups) {
  private static final Set<String> KNOWN =
      Set.of("--data", "--port", "--controller-port", "--lock-millis", "--topic", "--share-group");

  BrokerSettings {
    topics = Map.copyOf(topics);
    shareGroups = List.copyOf(shareGroups);
    if (lock.toMillis() < 1_000 || lock.toMillis() > 3_600_000) {
      throw new StartupFault("--lock-millis must be from 1000 to 3600000, not " + lock.toMillis() + ".");
    }
  }

  static BrokerSettings parse(String... args) {
    Arguments arguments = Arguments.parse(KNOWN, args);
    return new BrokerSettings(
        arguments.folder("--data"),
        arguments.port("--port"),
        arguments.port("--controller-port"),
        Duration.ofMillis(arguments.number("--lock-millis", 30_000)),
        topics(arguments.all("--topic")),
        arguments.all("--share-group"));
  }

  private static Map<String, Integer> topics(List<String> texts) {
    Map<String, Integer> topics = new LinkedHashMap<>();
    for (String text : texts) {
      int colon = text.lastIndexOf(':');
      if (colon < 1 || !text.substring(colon + 1).matches("[1-9][0-9]{0,3}")) {
        throw new StartupFault("--topic must be name:partitions, not '" + text + "'.");
      }
      topics.put(text.substring(0, colon), Integer.valueOf(text.substring(colon + 1)));
    }
    return topics;
  }
}
