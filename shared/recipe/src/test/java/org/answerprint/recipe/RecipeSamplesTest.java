package org.answerprint.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeSamplesTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonSchema SCHEMA = schema();
  private static final List<JsonNode> ODD_VALUES = odd();

  static List<Path> valid() throws Exception {
    return samples("/recipes/valid");
  }

  static List<Path> invalid() throws Exception {
    return samples("/recipes/invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void readerAndSchemaAcceptAValidRecipe(Path sample) throws Exception {
    String yaml = Files.readString(sample);

    assertThat(RecipeReader.read(yaml, "recipe.yaml", MethodCatalogue.BUILT_IN)).isInstanceOf(Parsed.Valid.class);
    assertThat(SCHEMA.validate(json(yaml))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void readerAndSchemaRefuseAnInvalidRecipe(Path sample) throws Exception {
    String yaml = Files.readString(sample);
    String expected = yaml.lines().findFirst().orElseThrow().substring("# expected: ".length());

    assertThat(RecipeReader.read(yaml, "recipe.yaml", MethodCatalogue.BUILT_IN))
        .isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> {
          assertThat(invalid.problems()).hasSize(1);
          assertThat(invalid.message()).startsWith("recipe.yaml: ").endsWith(".").contains(expected);
        });
    assertThat(SCHEMA.validate(json(yaml))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void canonicalFormReadsBackToTheSameRecipeByReaderAndSchema(Path sample) throws Exception {
    Recipe recipe = RecipeReader.read(Files.readString(sample), "recipe.yaml", MethodCatalogue.BUILT_IN).orThrow();

    assertThat(Recipe.ofCanonical(recipe.canonical())).isEqualTo(recipe).hasSameHashCodeAs(recipe);
    assertThat(Recipe.ofCanonical(recipe.canonical()).canonical()).isEqualTo(recipe.canonical());
    assertThat(RecipeReader.check(recipe, "recipe.yaml", MethodCatalogue.BUILT_IN))
        .isEqualTo(new Parsed.Valid(recipe));
    assertThat(SCHEMA.validate(new ObjectMapper().readTree(recipe.canonical()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void readerAndSchemaAgreeOnEveryRecipeThatIsOneOddValueAway(Path sample) throws Exception {
    JsonNode recipe = json(Files.readString(sample));
    for (JsonNode changed : changed(recipe)) {
      boolean bySchema = SCHEMA.validate(changed).isEmpty();
      Parsed parsed = RecipeReader.read(changed.toString(), "recipe.yaml", MethodCatalogue.BUILT_IN);
      assertThat(parsed instanceof Parsed.Valid).as("%s: %s", changed, parsed).isEqualTo(bySchema);
    }
  }

  /** The tree with each of its values in turn left out and replaced by odd ones. */
  private static List<JsonNode> changed(JsonNode tree) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    ODD_VALUES.forEach(all::add);
    if (tree instanceof ObjectNode object) {
      for (var field : object.properties()) {
        ObjectNode without = object.deepCopy();
        without.remove(field.getKey());
        all.add(without);
        changed(field.getValue()).forEach(odd -> all.add(object.deepCopy().set(field.getKey(), odd)));
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        changed(array.get(i)).forEach(odd -> all.add(array.deepCopy().set(index, odd)));
      }
    }
    return all;
  }

  @Test
  void schemaListsTheMethodsAndTransitionsThatAreBuiltIn() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(text());
    assertThat(schema.at("/$defs/method/enum")).extracting(JsonNode::textValue).containsExactlyElementsOf(
        MethodCatalogue.BUILT_IN.methods().stream().map(MethodRules::name).toList());
    assertThat(schema.at("/$defs/transition/properties/type/enum")).extracting(JsonNode::textValue)
        .containsExactlyElementsOf(MethodCatalogue.BUILT_IN.transitions().stream().map(TransitionRules::name).toList());
  }

  private static List<Path> samples(String folder) throws Exception {
    try (Stream<Path> files = Files.list(Path.of(RecipeSamplesTest.class.getResource(folder).toURI()))) {
      return files.sorted().toList();
    }
  }

  private static JsonNode json(String yaml) {
    return json(YamlText.parse(yaml, YamlText.MOST_WRITTEN, new Problems()).orElseThrow());
  }

  private static JsonNode json(Value value) {
    return switch (value) {
      case Value.Scalar(var kind, var text) -> switch (kind) {
        case TEXT -> NODES.textNode(text);
        case NUMBER -> text.matches("-?[0-9]+") ? NODES.numberNode(new BigInteger(text))
            : NODES.numberNode(new BigDecimal(text));
        case FLAG -> NODES.booleanNode(Boolean.parseBoolean(text));
        case NOTHING -> NODES.nullNode();
      };
      case Value.Sequence(var items) -> {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(json(item)));
        yield array;
      }
      case Value.Mapping(var entries) -> {
        ObjectNode object = NODES.objectNode();
        entries.forEach(entry -> object.set(entry.key(), json(entry.value())));
        yield object;
      }
    };
  }

  private static List<JsonNode> odd() {
    try {
      List<JsonNode> odd = new ArrayList<>();
      new ObjectMapper().readTree("""
          ["", " ", "x", "2", "none", "look", "cut", "morph", "source", "3s", "5s-9s", "a.cube", -1, 0, 1, 2, 2.5, 121,
           2000000, true, null, [], {}, [{}], {"lut": "x.cube"}, {"type": "cut"}, {"type": "morph", "frames": 2}]
          """).forEach(odd::add);
      return List.copyOf(odd);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text());
  }

  private static String text() {
    try (InputStream in = RecipeSamplesTest.class.getResourceAsStream("/recipe.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
