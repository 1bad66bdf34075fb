package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Names one piece of work by what goes into it; the same inputs give the same key in every job.
 *
 * @param value 1 to 64 of a-z, 0-9 and inner hyphens
 */
public record TaskKey(@JsonValue String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskKey {
    Checks.identifier(value, "the task key");
  }

  /** The task key of these parts: 32 hexadecimal digits, the same for the same list on every machine. */
  public static TaskKey hashOf(List<String> parts) {
    return new TaskKey(Checks.hash(parts));
  }

  /** The bare value, fit for an object key. */
  @Override
  public String toString() {
    return value;
  }
}
