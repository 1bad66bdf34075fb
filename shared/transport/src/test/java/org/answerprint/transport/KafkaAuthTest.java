package org.answerprint.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaAuthTest {

  @Test
  void aClientOfAClusterWithIamFindsAllThatItsSettingsName() {
    Broker broker = Broker.at("127.0.0.1:9", KafkaAuth.IAM);
    assertThat(broker.client()).containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "AWS_MSK_IAM");
    // the login and its callback handler are loaded and set up here, before anybody is asked
    try (var producer = new KafkaProducer<>(broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThat(producer.metrics()).isNotEmpty();
    }
  }

  @Test
  void withoutItAClientHasTheAddressOnly() {
    assertThat(Broker.at("127.0.0.1:9").client()).containsOnlyKeys("bootstrap.servers");
  }
}
