package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Names one job for ever: one upload version edited by one recipe. Part of object keys, so only safe characters.
 *
 * @param value 1 to 64 of a-z, 0-9 and inner hyphens
 */
public record JobId(@JsonValue String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public JobId {
    Checks.identifier(value, "the job id");
  }

  /** The job id of these parts: 32 hexadecimal digits, the same for the same list on every machine. */
  public static JobId hashOf(List<String> parts) {
    return new JobId(Checks.hash(parts));
  }

  /** The bare value, fit for an object key. */
  @Override
  public String toString() {
    return value;
  }
}
