package org.answerprint.jobs;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.ObjectRef;

/**
 * How a job ended: {@code end.json}, written once.
 *
 * @param reason one sentence that a person can act on; empty for a final film
 * @param output the edited film, where there is one
 */
public record End(EndState state, Optional<String> reason, Optional<ObjectRef> output, Instant at) {

  public End {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(at, "at");
  }
}
