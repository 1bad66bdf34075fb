package org.answerprint.binding;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.transport.KafkaAuth;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Lets the channels of Kafka say who they are to the cluster, as the publisher and the work queue do. */
public final class ClusterConfig implements ConfigSourceFactory {

  private static final String AUTH = "ANSWERPRINT_KAFKA_AUTH";
  /** Above the defaults of modules, below what anybody sets. */
  private static final int ORDINAL = 110;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    // a value that is none of these is refused with all other settings, in a sentence
    KafkaAuth auth = Optional.ofNullable(context.getValue(AUTH).getValue())
        .flatMap(text -> Stream.of(KafkaAuth.values()).filter(each -> each.name().equalsIgnoreCase(text)).findFirst()).orElse(KafkaAuth.NONE);
    Map<String, String> properties = new TreeMap<>();
    auth.client().forEach((name, value) -> properties.put("kafka." + name, value));
    return List.of(new PropertiesConfigSource(properties, AUTH, ORDINAL));
  }
}
