package org.answerprint.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

  private final JsonNode document = read();

  @Test
  void describesEveryChannelUnderItsTopic() {
    Set<String> topics = new TreeSet<>();
    for (Channel channel : Channel.values()) {
      topics.add(channel.topic());
    }
    Set<String> addresses = new TreeSet<>();
    document.get("channels").forEach(channel -> addresses.add(channel.get("address").textValue()));

    assertThat(document.get("asyncapi").textValue()).isEqualTo("3.0.0");
    assertThat(addresses).isEqualTo(topics);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(document.findValuesAsText("$ref")).hasSizeGreaterThan(30).allSatisfy(reference -> {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
      } else {
        assertThat(Samples.read(reference.substring(1))).contains("$schema");
      }
    });
  }

  @Test
  void everyMessageTravelsOnTheChannelThatTheCodeSays() {
    Map<String, String> said = new TreeMap<>();
    document.get("channels").forEach(channel -> channel.get("messages").forEach(reference -> {
      JsonNode message = document.at(reference.get("$ref").textValue().substring(1));
      if (message.has("name")) {
        said.put(message.get("name").textValue(), channel.get("address").textValue());
        assertThat(message.at("/payload/schema/$ref").textValue())
            .isEqualTo("./schemas/" + message.get("name").textValue() + ".json");
      }
    }));
    Map<String, String> coded = new TreeMap<>();
    Samples.facts().stream().map(Samples::message)
        .forEach(message -> coded.put(message.type(), message.channel().topic()));

    assertThat(said).isEqualTo(coded);
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Samples.read("/asyncapi.yaml"));
    } catch (Exception unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
