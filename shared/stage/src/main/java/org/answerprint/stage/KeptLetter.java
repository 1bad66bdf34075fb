package org.answerprint.stage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.answerprint.events.TaskKey;
import org.answerprint.facts.FactLine;
import org.answerprint.jobs.JobKeys;

/**
 * A message that nobody could do, kept in the bucket {@code work} because the topic for dead letters did not take it:
 * missing, full, or out of reach. Nothing is lost, and whoever empties the topic finds it there.
 *
 * @param origin where it lay, for example {@code topic/partition/offset}
 * @param key of the message
 * @param headers of the message
 * @param body of the message, as text
 * @param reason why nobody could do it
 * @param refusal why the topic did not take it
 */
public record KeptLetter(String origin, String key, Map<String, String> headers, String body, String reason, String refusal) {

  public KeptLetter {
    headers = new TreeMap<>(headers);
  }

  /** A letter whose body is UTF-8 in all but broken messages. */
  public static KeptLetter of(String origin, String key, Map<String, String> headers, byte[] body, String reason, String refusal) {
    return new KeptLetter(origin, key, headers, new String(body, StandardCharsets.UTF_8), reason, refusal);
  }

  /**
   * Keeps it, once however often it comes.
   *
   * @throws org.answerprint.faults.TransientFault where the bucket does not take it either
   */
  public void keep(Stage stage) {
    String where = JobKeys.deadLetter(TaskKey.hashOf(java.util.List.of(origin, key, body)).value());
    stage.jobs().write(where, this);
    stage.facts().say(FactLine.of("dead_letter_kept", "").with("object", where).with("origin", origin)
        .with("reason", reason).with("refusal", refusal));
  }
}
