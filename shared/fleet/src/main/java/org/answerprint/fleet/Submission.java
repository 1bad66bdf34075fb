package org.answerprint.fleet;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A job as it is handed in.
 *
 * @param name for people and logs: at most 128 letters, digits, hyphens and underscores, beginning with a letter or digit
 * @param queue by name
 * @param definition what runs, by name: its newest revision
 * @param parameters that the definition's command asks for
 * @param environment variables on top of the definition's
 */
public record Submission(
    String name, String queue, String definition, SortedMap<String, String> parameters, SortedMap<String, String> environment) {

  public Submission {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")) {
      throw new IllegalArgumentException("'" + name + "' is no name for a job");
    }
    parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** A job with neither parameters nor variables of its own. */
  public static Submission of(String name, String queue, String definition) {
    return new Submission(name, queue, definition, new TreeMap<>(), new TreeMap<>());
  }

  public Submission withParameters(Map<String, String> all) {
    return new Submission(name, queue, definition, new TreeMap<>(all), environment);
  }

  public Submission withEnvironment(Map<String, String> all) {
    return new Submission(name, queue, definition, parameters, new TreeMap<>(all));
  }
}
