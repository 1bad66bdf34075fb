package org.answerprint.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

  private static SmallRyeConfig with(Map<String, String> environment) {
    return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(environment, "environment", 300)).withSources(new ClusterConfig()).build();
  }

  @Test
  void channelsOfAClusterWithIamSayWhoTheyAre() {
    SmallRyeConfig config = with(Map.of("ANSWERPRINT_KAFKA_AUTH", "iam"));
    assertThat(config.getValue("kafka.security.protocol", String.class)).isEqualTo("SASL_SSL");
    assertThat(config.getValue("kafka.sasl.mechanism", String.class)).isEqualTo("AWS_MSK_IAM");
    assertThat(config.getValue("kafka.sasl.jaas.config", String.class)).contains("IAMLoginModule");
    assertThat(config.getValue("kafka.sasl.client.callback.handler.class", String.class)).contains("IAMClientCallbackHandler");
  }

  @Test
  void withoutItNothingIsSet() {
    assertThat(with(Map.of()).getPropertyNames()).noneMatch(name -> name.startsWith("kafka."));
  }

  @Test
  void whatSomebodySetsHimselfCounts() {
    assertThat(with(Map.of("ANSWERPRINT_KAFKA_AUTH", "iam", "kafka.security.protocol", "SSL")).getValue("kafka.security.protocol", String.class)).isEqualTo("SSL");
  }
}
