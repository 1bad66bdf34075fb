package org.answerprint.jobs;

import java.util.Objects;
import java.util.Optional;

/**
 * How a shot passes into the next one.
 *
 * @param type a join's name: cut, dissolve, morph
 * @param leftFrames frames of this shot that the transition replaces; 0 for a cut
 * @param rightFrames frames of the next shot that it is meant to replace, fewer where that shot is too short
 * @param prompt for generated transitions
 */
public record JoinSpec(String type, int leftFrames, int rightFrames, Optional<String> prompt) {

  public static final JoinSpec CUT = new JoinSpec("cut", 0, 0, Optional.empty());

  public JoinSpec {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(prompt, "prompt");
    if (leftFrames < 0 || rightFrames < 0) {
      throw new IllegalArgumentException("a join replaces no negative number of frames");
    }
  }
}
