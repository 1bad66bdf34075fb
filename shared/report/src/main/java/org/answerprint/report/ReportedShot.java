package org.answerprint.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.FailureKind;
import org.answerprint.events.TaskKey;
import org.answerprint.shots.Cut;

/**
 * One shot of a finished film.
 *
 * @param number from 1
 * @param source the number of the source it was cut from, from 1
 * @param cut how it begins in the source
 * @param firstFrame number of its first frame in the film, from 0
 * @param frames how many, those that transitions replace among them
 * @param startTick of its first frame
 * @param endTick behind its last frame
 * @param startSeconds from the film's start
 * @param lengthSeconds from its first frame to the end of its last
 * @param method what made it
 * @param parameters those that the method read and that are not at their defaults, in the recipe's words
 * @param generated which model made it and from what, where one did
 * @param fallback why it is shown as it was in the source instead of edited as asked
 * @param attempts of the piece that took the most; 0 where everything was found made
 * @param seconds of work in this job, 0 where everything was found made
 * @param foundMade whether every piece existed before the job came to it
 * @param takes its pieces in order
 */
public record ReportedShot(
    int number,
    int source,
    Cut cut,
    long firstFrame,
    int frames,
    long startTick,
    long endTick,
    double startSeconds,
    double lengthSeconds,
    String method,
    JsonNode parameters,
    Optional<Generated> generated,
    Optional<Fallback> fallback,
    int attempts,
    double seconds,
    boolean foundMade,
    List<Take> takes) {

  public ReportedShot {
    Objects.requireNonNull(cut, "cut");
    Objects.requireNonNull(method, "method");
    parameters = parameters.deepCopy();
    Objects.requireNonNull(generated, "generated");
    Objects.requireNonNull(fallback, "fallback");
    takes = List.copyOf(takes);
  }

  /**
   * What a generative model's pictures came of.
   *
   * @param model the bundle's name
   * @param modelDigest the bundle's
   * @param promptDigest sha256 of the prompt's text
   * @param seed as the recipe has it
   */
  public record Generated(String model, String modelDigest, String promptDigest, long seed) {

    public Generated {
      Objects.requireNonNull(model, "model");
      Sha256.require(modelDigest);
      Sha256.require(promptDigest);
    }
  }

  /**
   * What was asked for and given up.
   *
   * @param asked the method, or the transition's type
   * @param attempts how many were made
   * @param kind whose fault it was
   * @param reason one sentence
   */
  public record Fallback(String asked, int attempts, FailureKind kind, String reason) {

    public Fallback {
      Objects.requireNonNull(asked, "asked");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * One piece of a shot.
   *
   * @param key names the work; the same inputs give the same key in every job
   * @param piece from 1
   * @param firstFrame from 0, within the shot
   * @param frames how many were edited
   * @param headFrames how many of them the transition before it replaced
   * @param tailFrames how many of them the transition behind it replaced
   * @param attempt which attempt made it, from 1, or 0 where it was found made
   * @param seconds that attempt took, 0 where it was found made
   * @param foundMade whether it existed before the job came to it
   * @param made the facts of its segment, where they are known
   */
  public record Take(
      TaskKey key,
      int piece,
      int firstFrame,
      int frames,
      int headFrames,
      int tailFrames,
      int attempt,
      double seconds,
      boolean foundMade,
      Optional<TaskFacts> made) {

    public Take {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(made, "made");
    }
  }
}
