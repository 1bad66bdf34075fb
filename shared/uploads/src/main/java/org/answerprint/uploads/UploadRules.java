package org.answerprint.uploads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.RequestFault;

/**
 * What uploads are signed for at most.
 *
 * @param mostBytes of one upload, 1 to {@link #LARGEST}
 * @param lifetime of a signature, one second to an hour
 */
public record UploadRules(long mostBytes, Duration lifetime) {

  /** What S3 takes in one request is a little more. */
  public static final long LARGEST = 5_000_000_000L;

  /** An hour: a signature cannot be taken back. */
  public static final Duration LONGEST = Duration.ofHours(1);

  private static final String MOST_BYTES = "ANSWERPRINT_UPLOAD_MAX_BYTES";
  private static final String SECONDS = "ANSWERPRINT_UPLOAD_SECONDS";

  public UploadRules {
    if (mostBytes < 1 || mostBytes > LARGEST || !lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("no rules: " + mostBytes + " bytes for " + lifetime);
    }
  }

  /**
   * Reads {@code ANSWERPRINT_UPLOAD_MAX_BYTES} (5000000000) and {@code ANSWERPRINT_UPLOAD_SECONDS} (900).
   *
   * @throws RequestFault naming every variable that is wrong
   */
  public static UploadRules of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    long bytes = number(environment, MOST_BYTES, LARGEST, LARGEST, problems);
    long seconds = number(environment, SECONDS, 900, LONGEST.toSeconds(), problems);
    if (!problems.isEmpty()) {
      throw new RequestFault("the environment is wrong: " + String.join("; ", problems));
    }
    return new UploadRules(bytes, Duration.ofSeconds(seconds));
  }

  private static long number(Map<String, String> environment, String name, long byDefault, long most, List<String> problems) {
    String text = environment.getOrDefault(name, Long.toString(byDefault));
    if (!text.matches("[1-9][0-9]{0,11}") || Long.parseLong(text) > most) {
      problems.add(name + " is '" + text + "'; give a whole number from 1 to " + most);
      return byDefault;
    }
    return Long.parseLong(text);
  }
}
