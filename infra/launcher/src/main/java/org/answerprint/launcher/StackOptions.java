package org.answerprint.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the local stack should be. Immutable; the {@code with} methods answer changed copies.
 *
 * @param dataFolder where records, objects, keys and logs are kept; one stack at a time may use it
 * @param brokerPort of the Kafka broker, or 0 for a free one
 * @param objectStorePort of the S3 server, or 0 for a free one
 * @param prefix of the buckets' names ({@code <prefix>-in}, {@code -work}, {@code -out})
 * @param topics partitions by topic name, created where missing
 * @param shareGroups Kafka share groups that begin at the oldest record
 * @param recordLock how long a share group's consumer holds a record unless it renews, 1 s to 1 h
 * @param region named in notifications
 * @param brokerHeapMegabytes heap limit of the broker's JVM
 * @param objectStoreHeapMegabytes heap limit of the S3 server's JVM
 * @param cacheFolder where class-data archives are kept, which make later starts faster; empty for none
 */
public record StackOptions(
    Path dataFolder, int brokerPort, int objectStorePort, String prefix, Map<String, Integer> topics,
    List<String> shareGroups, Duration recordLock, String region, int brokerHeapMegabytes,
    int objectStoreHeapMegabytes, Optional<Path> cacheFolder) {

  /** The topic on which uploads are announced. */
  public static final String STORAGE_TOPIC = "answerprint.storage";

  /** The topics of the product with their partitions. */
  public static final Map<String, Integer> PRODUCT_TOPICS = Map.of(
      STORAGE_TOPIC, 12,
      "answerprint.accepted", 12,
      "answerprint.parts", 12,
      "answerprint.ready", 12,
      "answerprint.work", 1,
      "answerprint.ended", 1,
      "answerprint.dead-letters", 1);

  /** Checks ranges and copies the collections. */
  public StackOptions {
    dataFolder = dataFolder.toAbsolutePath().normalize();
    topics = Map.copyOf(topics);
    shareGroups = List.copyOf(shareGroups);
    requirePort(brokerPort);
    requirePort(objectStorePort);
  }

  /** The product's stack on free ports, with its archives below the data folder. */
  public static StackOptions in(Path dataFolder) {
    return new StackOptions(dataFolder, 0, 0, "answerprint", PRODUCT_TOPICS, List.of("answerprint-workers"),
        Duration.ofSeconds(30), "us-east-1", 384, 320, Optional.of(dataFolder.resolve("cache")));
  }

  /** A copy with these ports; 0 means a free one. */
  public StackOptions withPorts(int broker, int objectStore) {
    return new StackOptions(dataFolder, broker, objectStore, prefix, topics, shareGroups, recordLock, region,
        brokerHeapMegabytes, objectStoreHeapMegabytes, cacheFolder);
  }

  /** A copy with these topics instead; the storage topic must be among them. */
  public StackOptions withTopics(Map<String, Integer> partitionsByName) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, prefix, partitionsByName, shareGroups,
        recordLock, region, brokerHeapMegabytes, objectStoreHeapMegabytes, cacheFolder);
  }

  /** A copy with these share groups instead. */
  public StackOptions withShareGroups(List<String> names) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, prefix, topics, names, recordLock, region,
        brokerHeapMegabytes, objectStoreHeapMegabytes, cacheFolder);
  }

  /** A copy with this lock duration. */
  public StackOptions withRecordLock(Duration lock) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, prefix, topics, shareGroups, lock, region,
        brokerHeapMegabytes, objectStoreHeapMegabytes, cacheFolder);
  }

  /** A copy with this prefix for the buckets' names. */
  public StackOptions withPrefix(String name) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, name, topics, shareGroups, recordLock, region,
        brokerHeapMegabytes, objectStoreHeapMegabytes, cacheFolder);
  }

  /** A copy with these heap limits. */
  public StackOptions withHeapMegabytes(int broker, int objectStore) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, prefix, topics, shareGroups, recordLock, region,
        broker, objectStore, cacheFolder);
  }

  /** A copy with this folder for class-data archives; several stacks may share it. */
  public StackOptions withCacheFolder(Optional<Path> folder) {
    return new StackOptions(dataFolder, brokerPort, objectStorePort, prefix, topics, shareGroups, recordLock, region,
        brokerHeapMegabytes, objectStoreHeapMegabytes, folder);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port is from 0 to 65535, not " + port + ".");
    }
  }
}
