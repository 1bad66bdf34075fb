package org.answerprint.facts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fact, to be logged and counted.
 *
 * @param fact its name in snake case, such as {@code shot_edited}; a metric has one series per name, so there are few
 * @param job the job's id
 * @param shot which shot, from 1
 * @param attempt which attempt, from 1, or 0 where nothing had to be done
 * @param more further fields in their order: text, numbers, booleans, lists and maps of these
 */
public record FactLine(String fact, String job, OptionalInt shot, OptionalInt attempt, Map<String, Object> more) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern TYPE = Pattern.compile("(?:[a-z]+\\.)*?answerprint\\.([a-z.]+)\\.v[0-9]+");
  private static final Set<String> TAKEN = Set.of("time", "fact", "job", "shot", "attempt");

  public FactLine {
    if (!NAME.matcher(fact).matches()) {
      throw new IllegalArgumentException("the fact is named \"" + fact + "\"; a name is in snake case");
    }
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    more.keySet().stream().filter(TAKEN::contains).findFirst().ifPresent(name -> {
      throw new IllegalArgumentException("the fact " + fact + " has a further field " + name
          + ", which every line has already; choose another name");
    });
  }

  /** A fact about a whole job. */
  public static FactLine of(String fact, String job) {
    return new FactLine(fact, job, OptionalInt.empty(), OptionalInt.empty(), Map.of());
  }

  /** The name of a fact by its event type: {@code org.answerprint.shot.edited.v1} is {@code shot_edited}. */
  public static String nameOf(String eventType) {
    Matcher parts = TYPE.matcher(eventType);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + eventType + "\" is no event type of ours; they look like "
          + "org.answerprint.shot.edited.v1");
    }
    return parts.group(1).replace('.', '_');
  }

  public FactLine shot(int number) {
    return new FactLine(fact, job, OptionalInt.of(number), attempt, more);
  }

  public FactLine attempt(int number) {
    return new FactLine(fact, job, shot, OptionalInt.of(number), more);
  }

  /** The same line with one field more, at the end. */
  public FactLine with(String name, Object value) {
    Map<String, Object> longer = new LinkedHashMap<>(more);
    longer.put(name, value);
    return new FactLine(fact, job, shot, attempt, longer);
  }
}
