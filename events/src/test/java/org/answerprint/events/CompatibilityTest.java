package org.answerprint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<JsonNode> ODD_VALUES = odd();

  static List<String> samples() {
    return Samples.facts();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsYesterdaysSampleAndWritesItAgain(String sample) throws Exception {
    Message message = Samples.message(sample);

    assertThat(message.type()).isEqualTo(Samples.type(sample));
    JsonNode recorded = JSON.readTree(Samples.fact(sample));
    ((ObjectNode) recorded).remove("addedLater");
    assertThat(JSON.readTree(FactCodec.json(message))).isEqualTo(recorded);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void acceptsTheSampleBySchema(String sample) throws Exception {
    JsonSchema schema = schema(Samples.type(sample));

    assertThat(schema.validate(JSON.readTree(Samples.fact(sample)))).isEmpty();
    assertThat(schema.validate(JSON.readTree(FactCodec.json(Samples.message(sample))))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void recordsRefuseAndAcceptWhatTheSchemaDoes(String sample) throws Exception {
    JsonSchema schema = schema(Samples.type(sample));
    int refused = 0;
    for (JsonNode changed : changed((ObjectNode) JSON.readTree(Samples.fact(sample)))) {
      boolean bySchema = schema.validate(changed).isEmpty();
      assertThat(readable(Samples.type(sample), changed)).as("%s as %s", sample, changed).isEqualTo(bySchema);
      refused += bySchema ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(5);
  }

  @Test
  void everyTypeHasASampleASchemaAndARecord() {
    List<Class<?>> records = Stream.of(Fact.class, WorkItem.class)
        .flatMap(family -> Arrays.<Class<?>>stream(family.getPermittedSubclasses())).toList();

    assertThat(records).hasSize(FactCodec.types().size());
    assertThat(FactCodec.types()).isEqualTo(Samples.names("/schemas"));
    assertThat(FactCodec.types()).isEqualTo(Samples.facts().stream().map(Samples::type).distinct().toList());
    assertThat(Samples.facts().stream().map(Samples::message).map(Object::getClass).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(records);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void schemaAndRecordHaveTheSameFields(String sample) throws Exception {
    JsonNode schema = JSON.readTree(Samples.read("/schemas/" + Samples.type(sample) + ".json"));
    RecordComponent[] components = Samples.message(sample).getClass().getRecordComponents();

    assertThat(names(schema.get("properties"))).containsExactlyInAnyOrderElementsOf(
        Arrays.stream(components).map(RecordComponent::getName).toList());
    List<String> required = new ArrayList<>();
    schema.get("required").forEach(name -> required.add(name.textValue()));
    assertThat(required).containsExactlyInAnyOrderElementsOf(Arrays.stream(components)
        .filter(component -> component.getType() != Optional.class).map(RecordComponent::getName).toList());
  }

  @Test
  void refusesATypeThatIsNotKnown() {
    assertThat(FactCodec.knows("org.answerprint.shot.found.v2")).isFalse();
    assertThatThrownBy(() -> FactCodec.read("org.answerprint.shot.found.v2", "{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("org.answerprint.shot.found.v2").hasMessageContaining("org.answerprint.shot.found.v1");
  }

  private static boolean readable(String type, JsonNode value) {
    try {
      FactCodec.read(type, value.toString().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (MalformedEventException refused) {
      return false;
    }
  }

  /** The sample with each field in turn left out and replaced by odd values, one level down too. */
  private static List<JsonNode> changed(ObjectNode sample) {
    List<JsonNode> all = new ArrayList<>();
    for (String name : names(sample)) {
      ObjectNode without = sample.deepCopy();
      without.remove(name);
      all.add(without);
      for (JsonNode odd : ODD_VALUES) {
        all.add(sample.deepCopy().set(name, odd));
      }
      if (sample.get(name) instanceof ObjectNode inner) {
        changed(inner).forEach(each -> all.add(sample.deepCopy().set(name, each)));
      }
    }
    return all;
  }

  private static List<JsonNode> odd() {
    try {
      List<JsonNode> odd = new ArrayList<>();
      JSON.readTree("""
          ["", " ", "x", "abc", "UPPER", "-a", "a/b", "final", "failed", 0, -1, 1, 2, 1.5, 2147483648, true, [], {}]
          """).forEach(odd::add);
      return List.copyOf(odd);
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static TreeSet<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonSchema schema(String type) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Samples.read("/schemas/" + type + ".json"));
  }
}
