package org.answerprint.jobs;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a film that are all there.
 *
 * @param shots in order
 */
public record Assembly(List<AssembledShot> shots) {

  public Assembly {
    shots = List.copyOf(shots);
  }

  /**
   * One shot with the takes that serve it and the transition behind it.
   *
   * @param failure why its edit was given up, where these takes are the source's own pictures
   */
  public record AssembledShot(PlannedShot shot, List<EditTask> takes, Optional<TransitionTask> transition, Optional<FailedMark> failure) {

    public AssembledShot {
      takes = List.copyOf(takes);
    }
  }
}
