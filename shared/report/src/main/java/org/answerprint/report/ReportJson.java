package org.answerprint.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.answerprint.faults.InternalFault;
import org.answerprint.recipe.Recipe;

/** Reports as JSON for people and programs: the records' own order of fields, indented, words in lower case. */
final class ReportJson {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .addModule(new JavaTimeModule())
      .addModule(new SimpleModule("recipes")
          .addSerializer(Recipe.class, new RecipeWriter())
          .addDeserializer(Recipe.class, new RecipeParser()))
      .enable(SerializationFeature.INDENT_OUTPUT)
      .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
      .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
      .build();

  private ReportJson() {}

  static String write(Report report) {
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new InternalFault("the report of job " + report.job() + " cannot be written as JSON", e);
    }
  }

  static Report read(byte[] json) {
    try {
      return MAPPER.readValue(json, Report.class);
    } catch (IOException e) {
      throw new InternalFault("a report cannot be read: " + e.getMessage(), e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InternalFault("a stored recipe is no JSON", e);
    }
  }

  private static final class RecipeWriter extends StdSerializer<Recipe> {
    RecipeWriter() {
      super(Recipe.class);
    }

    @Override
    public void serialize(Recipe recipe, JsonGenerator json, SerializerProvider provider) throws IOException {
      provider.defaultSerializeValue(tree(recipe.canonical()), json);
    }
  }

  private static final class RecipeParser extends StdDeserializer<Recipe> {
    RecipeParser() {
      super(Recipe.class);
    }

    @Override
    public Recipe deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Recipe.ofCanonical(MAPPER.writeValueAsString(json.readValueAsTree()));
    }
  }
}
