package org.answerprint.networks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.answerprint.faults.RequestFault;

/**
 * A {@code config.json} being read. Each question checks one field and gives its value, or notes what is wrong and gives some
 * allowed value, so that {@link #check} can name all problems at once; what was read counts only after that. A field that is
 * absent or null has the value that Hugging Face's libraries would give it. Not for several threads.
 */
public final class Config {

  private static final int LONGEST = 1_000_000;
  private static final int MOST_SHOWN = 80;
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final String source;
  private final String prefix;
  private final JsonNode root;
  private final List<String> problems;

  private Config(String source, String prefix, JsonNode root, List<String> problems) {
    this.source = source;
    this.prefix = prefix;
    this.root = root;
    this.problems = problems;
  }

  /**
   * A config as text.
   *
   * @param source what to call it in messages: its file
   * @throws RequestFault where it is no JSON object, or larger than a config is
   */
  public static Config parse(String source, String json) {
    if (json.length() > LONGEST) {
      throw new RequestFault("%s has %d characters, and a config has at most %d; give the network's own config.json"
          .formatted(source, json.length(), LONGEST));
    }
    try {
      JsonNode root = MAPPER.readTree(json);
      if (!root.isObject()) {
        throw new RequestFault("%s is no JSON object; give the network's own config.json".formatted(source));
      }
      return new Config(source, "", root, new ArrayList<>());
    } catch (JsonProcessingException e) {
      throw new RequestFault("%s is no JSON: %s; give the network's own config.json".formatted(source, e.getOriginalMessage()), e);
    }
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return root.hasNonNull(field);
  }

  /** The config of a part, an object; no fields where there is none. What is wrong in it is noted here. */
  public Config part(String field) {
    boolean fits = !has(field) || root.get(field).isObject();
    require(fits, field, "an object");
    return new Config(source, prefix + field + ".", fits && has(field) ? root.get(field) : MAPPER.createObjectNode(), problems);
  }

  /** A whole number within bounds, which must be there. */
  public int whole(String field, int least, int most) {
    return isWhole(root.path(field), least, most) ? root.get(field).intValue()
        : wrong(field, "a whole number from %d to %d".formatted(least, most), least);
  }

  /** A whole number within bounds. */
  public int wholeOr(String field, int absent, int least, int most) {
    return has(field) ? whole(field, least, most) : absent;
  }

  /** One whole number within bounds for all of {@code count} blocks, or a list with one for each. */
  public List<Integer> wholePerBlock(String field, int absent, int count, int least, int most) {
    JsonNode found = root.path(field);
    if (!has(field)) {
      return Collections.nCopies(count, absent);
    }
    if (isWhole(found, least, most)) {
      return Collections.nCopies(count, found.intValue());
    }
    boolean fits = found.isArray() && found.size() == count && all(found, entry -> isWhole(entry, least, most));
    return fits ? elements(found).stream().map(JsonNode::intValue).toList()
        : wrong(field, "a whole number from %d to %d, or a list of %d of them".formatted(least, most, count),
            Collections.nCopies(count, absent));
  }

  /** Whole numbers within bounds, at least one and at most so many. */
  public List<Integer> wholes(String field, int longest, int least, int most) {
    JsonNode found = root.path(field);
    boolean fits = found.isArray() && !found.isEmpty() && found.size() <= longest
        && all(found, entry -> isWhole(entry, least, most));
    return fits ? elements(found).stream().map(JsonNode::intValue).toList()
        : wrong(field, "a list of 1 to %d whole numbers from %d to %d".formatted(longest, least, most), List.of(least));
  }

  /** A number within bounds. */
  public double numberOr(String field, double absent, double least, double most) {
    JsonNode found = root.path(field);
    if (!has(field)) {
      return absent;
    }
    return found.isNumber() && found.doubleValue() >= least && found.doubleValue() <= most ? found.doubleValue()
        : wrong(field, "a number from %s to %s".formatted(least, most), absent);
  }

  /** Numbers within bounds, at least one and at most so many. */
  public List<Double> numbers(String field, int longest, double least, double most) {
    JsonNode found = root.path(field);
    boolean fits = found.isArray() && !found.isEmpty() && found.size() <= longest
        && all(found, entry -> entry.isNumber() && entry.doubleValue() >= least && entry.doubleValue() <= most);
    return fits ? elements(found).stream().map(JsonNode::doubleValue).toList()
        : wrong(field, "a list of 1 to %d numbers from %s to %s".formatted(longest, least, most), List.of(least));
  }

  /** True or false. */
  public boolean flagOr(String field, boolean absent) {
    return !has(field) ? absent : root.get(field).isBoolean() ? root.get(field).booleanValue()
        : wrong(field, "true or false", absent);
  }

  /** One of some words, which must be there. */
  public String word(String field, String... allowed) {
    JsonNode found = root.path(field);
    return found.isTextual() && List.of(allowed).contains(found.textValue()) ? found.textValue()
        : wrong(field, oneOf(allowed), allowed[0]);
  }

  /** One of some words. */
  public String wordOr(String field, String absent, String... allowed) {
    return has(field) ? word(field, allowed) : absent;
  }

  /** A list of {@code count} words, each one of some. */
  public List<String> words(String field, int count, String... allowed) {
    JsonNode found = root.path(field);
    List<String> known = List.of(allowed);
    boolean fits = found.isArray() && found.size() == count
        && all(found, entry -> entry.isTextual() && known.contains(entry.textValue()));
    return fits ? elements(found).stream().map(JsonNode::textValue).toList()
        : wrong(field, "a list of %d, each %s".formatted(count, oneOf(allowed)), Collections.nCopies(count, allowed[0]));
  }

  /** A text that is not empty, or a list of them: at least one and at most so many. */
  public List<String> texts(String field, int most) {
    JsonNode found = root.path(field);
    List<JsonNode> texts = found.isArray() ? elements(found) : List.of(found);
    boolean fits = !texts.isEmpty() && texts.size() <= most && texts.stream().allMatch(text -> text.isTextual() && !text.textValue().isBlank());
    return fits ? texts.stream().map(JsonNode::textValue).toList() : wrong(field, "1 to %d texts".formatted(most), List.of("{}"));
  }

  /** Notes a problem unless the field, where it is there, has the one value that is implemented. */
  public void only(String field, Object value) {
    JsonNode found = root.path(field);
    boolean same = switch (value) {
      case Boolean flag -> found.isBoolean() && found.booleanValue() == flag;
      case Number number -> found.isNumber() && found.doubleValue() == number.doubleValue();
      default -> found.isTextual() && found.textValue().equals(value);
    };
    if (has(field) && !same) {
      wrong(field, MAPPER.valueToTree(value).toString(), value);
    }
  }

  /** Notes a problem for each of these fields that is there: they ask for parts of a network that are not implemented. */
  public void absent(String... fields) {
    for (String field : fields) {
      if (has(field)) {
        wrong(field, "null", field);
      }
    }
  }

  /** Notes that a field's value does not go with the others'. */
  public void require(boolean fits, String field, String allowed) {
    if (!fits) {
      wrong(field, allowed, field);
    }
  }

  /** Ends the reading: nothing happens where every answer was good. @throws RequestFault that names every problem */
  public void check() {
    if (!problems.isEmpty()) {
      throw new RequestFault("%s describes a network that cannot be built; correct it, or give another model: %s".formatted(
          source, String.join("; ", problems)));
    }
  }

  private <T> T wrong(String field, String allowed, T instead) {
    String found = root.has(field) ? root.get(field).toString() : "nothing";
    String shown = found.length() > MOST_SHOWN ? found.substring(0, MOST_SHOWN) + "..." : found;
    problems.add("field %s is %s, and must be %s".formatted(prefix + field, shown, allowed));
    return Objects.requireNonNull(instead);
  }

  private static boolean isWhole(JsonNode node, int least, int most) {
    boolean whole = node.isInt() || node.isDouble() && node.doubleValue() == Math.rint(node.doubleValue());
    return whole && node.doubleValue() >= least && node.doubleValue() <= most;
  }

  private static boolean all(JsonNode array, Predicate<JsonNode> fits) {
    return elements(array).stream().allMatch(fits);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String oneOf(String... allowed) {
    return List.of(allowed).stream().map("\"%s\""::formatted).collect(Collectors.joining(" or "));
  }
}
