package org.answerprint.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the S3 server process is asked for.
 *
 * @param folder where buckets live, kept over restarts
 * @param port where clients connect
 * @param buckets created at start where missing
 * @param notifications where uploads into one bucket are announced; without it nothing is announced
 * @param accessKey the one identity that may connect
 * @param secretKey its secret
 * @param region named in notifications; signatures of any region are taken
 */
record ObjectStoreSettings(
    Path folder, int port, List<String> buckets, Optional<Notifications> notifications,
    String accessKey, String secretKey, String region) {
  private static final Set<String> KNOWN = Set.of("--data", "--port", "--bucket", "--notify-bucket", "--topic",
      "--bootstrap-servers", "--region");
  private static final String ACCESS_KEY = "ANSWERPRINT_ACCESS_KEY";
  private static final String SECRET_KEY = "ANSWERPRINT_SECRET_KEY";

  /**
   * Where uploads are announced.
   *
   * @param bucket whose uploads
   * @param topic on which Kafka topic
   * @param bootstrapServers of which broker
   */
  record Notifications(String bucket, String topic, String bootstrapServers) {}

  ObjectStoreSettings {
    buckets = List.copyOf(buckets);
    for (String bucket : buckets) {
      if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]") || bucket.contains("..")) {
        throw new StartupFault("'" + bucket + "' is no bucket name; use 3 to 63 of a-z, 0-9 and '-'.");
      }
    }
  }

  /** Reads the arguments; the keys come from the environment, which other users of the machine cannot list. */
  static ObjectStoreSettings parse(Map<String, String> environment, String... args) {
    Arguments arguments = Arguments.parse(KNOWN, args);
    Optional<Notifications> notifications = arguments.first("--notify-bucket").map(bucket -> new Notifications(
        bucket,
        arguments.first("--topic").orElse("answerprint.storage"),
        arguments.required("--bootstrap-servers")));
    return new ObjectStoreSettings(
        arguments.folder("--data"),
        arguments.port("--port"),
        arguments.all("--bucket"),
        notifications,
        required(environment, ACCESS_KEY),
        required(environment, SECRET_KEY),
        arguments.first("--region").orElse("us-east-1"));
  }

  @Override
  public String toString() {
    return "ObjectStoreSettings[folder=" + folder + ", port=" + port + ", buckets=" + buckets + "]";
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new StartupFault("The environment variable " + name + " is missing; it holds half of the S3 keys.");
    }
    return value;
  }
}
