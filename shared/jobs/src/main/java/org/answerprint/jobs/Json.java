package org.answerprint.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.answerprint.faults.InternalFault;
import org.answerprint.recipe.Recipe;

/** The one form in which our records lie in buckets: properties in alphabetical order, so that equal values have equal bytes. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .addModule(new JavaTimeModule())
      .addModule(recipes())
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
      .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
      .build();

  /** The form of numbers in recipes: 0.000000001 and never 1E-9. */
  private static final ObjectWriter PLAIN_NUMBERS = MAPPER.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

  private Json() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new InternalFault("a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
    }
  }

  /** For people: indented. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new InternalFault("a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
    }
  }

  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new InternalFault("a stored " + type.getSimpleName() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static SimpleModule recipes() {
    return new SimpleModule("recipes")
        .addSerializer(Recipe.class, new RecipeWriter())
        .addDeserializer(Recipe.class, new RecipeParser());
  }

  private static final class RecipeWriter extends StdSerializer<Recipe> {
    RecipeWriter() {
      super(Recipe.class);
    }

    @Override
    public void serialize(Recipe recipe, JsonGenerator json, SerializerProvider provider) throws IOException {
      json.writeRawValue(recipe.canonical());
    }
  }

  private static final class RecipeParser extends StdDeserializer<Recipe> {
    RecipeParser() {
      super(Recipe.class);
    }

    @Override
    public Recipe deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Recipe.ofCanonical(PLAIN_NUMBERS.writeValueAsString(json.readValueAsTree()));
    }
  }
}
