package org.answerprint.report;

import java.util.Objects;
import java.util.Optional;
import org.answerprint.media.DecodeHealth;

/**
 * What a worker writes beside a take or a transition, before the segment itself. It belongs to the segment, not to a
 * job: every job that uses the segment reports the same facts.
 *
 * @param method the method's name, or the join's
 * @param methodVersion of its code
 * @param frames in the segment, 1 or more
 * @param seconds that making it took, 0 or more
 * @param bytes of the segment, 1 or more
 * @param digest sha256 of the segment, 64 lower-case hexadecimal characters
 * @param health what was wrong with the frames it was made of
 * @param worker the name of the worker that made it
 * @param caption what a model said that the shot shows, where the recipe left that to it
 */
public record TaskFacts(
    String method,
    String methodVersion,
    long frames,
    double seconds,
    long bytes,
    String digest,
    DecodeHealth health,
    String worker,
    Optional<String> caption) {

  public TaskFacts {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(methodVersion, "methodVersion");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(caption, "caption");
    if (frames < 1 || bytes < 1 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a segment has at least one frame and one byte and takes no negative time, not "
          + frames + " frames, " + bytes + " bytes and " + seconds + " seconds");
    }
    Sha256.require(digest);
  }
}
