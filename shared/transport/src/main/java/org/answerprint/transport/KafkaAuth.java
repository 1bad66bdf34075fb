package org.answerprint.transport;

import java.util.Map;

/** How a client says who it is to a Kafka cluster. */
public enum KafkaAuth {
  /** Not at all: the network is trusted. */
  NONE(Map.of()),
  /** As a role of AWS, over TLS, as clusters of MSK ask for. */
  IAM(Map.of(
      "security.protocol", "SASL_SSL",
      "sasl.mechanism", "AWS_MSK_IAM",
      "sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;",
      "sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler"));

  private final Map<String, String> client;

  KafkaAuth(Map<String, String> client) {
    this.client = client;
  }

  /** The settings that every client of the cluster needs for it. */
  public Map<String, String> client() {
    return client;
  }
}
