package org.answerprint.transport;

import java.util.Map;
import java.util.TreeMap;
import org.answerprint.faults.TransientFault;

/**
 * A Kafka cluster as its clients see it.
 *
 * @param client settings of every client: {@code bootstrap.servers} and whatever security the cluster asks for
 */
public record Broker(Map<String, String> client) {

  public Broker {
    client = Map.copyOf(client);
  }

  /** A cluster that asks for no security. */
  public static Broker at(String bootstrapServers) {
    return at(bootstrapServers, KafkaAuth.NONE);
  }

  /** A cluster that wants to know who comes. */
  public static Broker at(String bootstrapServers, KafkaAuth auth) {
    Map<String, String> client = new TreeMap<>(auth.client());
    client.put("bootstrap.servers", bootstrapServers);
    return new Broker(client);
  }

  Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> all = new TreeMap<>(client);
    all.putAll(more);
    return all;
  }

  TransientFault trouble(String what, Throwable cause) {
    return new TransientFault("could not " + what + " on the broker at " + client.get("bootstrap.servers") + " ("
        + cause + "); check that it runs and try again", cause);
  }
}
