package org.answerprint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.answerprint.faults.InternalFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportJsonTest {

  private static final String LOOK = """
      method: look
      seed: 7
      options: { lut: "looks/wärm.cube" }
      transition: { type: morph, frames: 12, prompt: softly }
      maxCost: 2.50
      shots: [{ match: 1s-2s, prompt: x }, { match: 2, method: none }]
      """;

  static Stream<Report> reports() {
    var fallen = new SampleJob(LOOK, 48, 72, 300);
    fallen.failing(fallen.shot(1).edits().getFirst().key(), "it broke").withoutFacts(fallen.shot(2).edits().getFirst().key());
    var replaced = new SampleJob(LOOK, 48, 72);
    replaced.failing(replaced.transition(1).key(), "it broke").finding(replaced.shot(1).edits().getFirst().key());
    var plain = new SampleJob("method: none", 1);
    plain.captioned(plain.shot(1).edits().getFirst().key(), "a red ball on grass");
    return Stream.of(plain.report(), fallen.report(), replaced.report());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void followsThePublishedSchema(Report report) {
    assertThat(schema().validate(ReportJson.tree(report.json()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void hasNoFieldThatTheSchemaDoesNotDescribe(Report report) throws Exception {
    var schema = ReportJson.tree(schemaText());
    var unknown = new ArrayList<String>();
    compare(ReportJson.tree(report.json()), schema, schema, "", unknown);
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void comesBackAsItWasWritten(Report report) {
    Report read = Report.read(report.json().getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(report);
    assertThat(read.json()).isEqualTo(report.json());
  }

  @Test
  void isTheSameTextForTheSameFilm() {
    assertThat(new SampleJob(LOOK, 48, 72).report().json()).isEqualTo(new SampleJob(LOOK, 48, 72).report().json());
  }

  @Test
  void keepsTheOrderOfTheRecordSoThatPeopleFindThings() {
    List<String> names = new ArrayList<>();
    ReportJson.tree(new SampleJob("method: none", 24).report().json()).fieldNames().forEachRemaining(names::add);
    assertThat(names).startsWith("schemaVersion", "job", "upload", "created", "finished", "sources").endsWith("software", "warnings");
  }

  @Test
  void embedsTheCanonicalRecipe() {
    Report report = new SampleJob(LOOK, 48, 72).report();
    assertThat(ReportJson.tree(report.json()).get("recipe")).isEqualTo(ReportJson.tree(report.recipe().canonical()));
  }

  @Test
  void isReadThoughLaterVersionsAddFields() {
    Report report = new SampleJob("method: none", 24).report();
    ObjectNode later = (ObjectNode) ReportJson.tree(report.json());
    later.put("mood", "calm");
    assertThat(Report.read(later.toString().getBytes(StandardCharsets.UTF_8))).isEqualTo(report);
    assertThat(schema().validate(later)).isEmpty();
  }

  @Test
  void theSchemaRefusesAReportWithAWrongDigest() {
    ObjectNode wrong = (ObjectNode) ReportJson.tree(new SampleJob("method: none", 24).report().json());
    ((ObjectNode) wrong.get("result")).put("digest", "none");
    assertThat(schema().validate(wrong)).singleElement().asString().contains("$.result.digest");
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatThrownBy(() -> Report.read("{}".getBytes(StandardCharsets.UTF_8))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("a report cannot be read");
  }

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String schemaText() throws IOException {
    try (var in = Report.class.getResourceAsStream(Report.SCHEMA)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void compare(JsonNode value, JsonNode schema, JsonNode root, String path, List<String> unknown) {
    JsonNode rules = schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    if (value.isArray() && rules.has("items")) {
      value.forEach(item -> compare(item, rules.get("items"), root, path + "[]", unknown));
    }
    if (value.isObject() && rules.has("properties")) {
      value.properties().forEach(field -> {
        JsonNode known = rules.get("properties").path(field.getKey());
        if (known.isMissingNode()) {
          unknown.add(path + "." + field.getKey());
        } else if (!field.getKey().equals("recipe")) {
          compare(field.getValue(), known, root, path + "." + field.getKey(), unknown);
        }
      });
    }
  }
}
