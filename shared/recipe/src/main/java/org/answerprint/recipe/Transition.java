package org.answerprint.recipe;

import java.util.Objects;
import java.util.Optional;

/**
 * How a shot, or an item of a story, joins the next one.
 *
 * @param type the transition's name, such as {@code dissolve}
 * @param frames how many frames it replaces, half of them on each side of the cut; 0 for a cut
 * @param prompt what generated frames should show
 */
public record Transition(String type, int frames, Optional<String> prompt) {

  /** The plain cut, which changes no frame. */
  public static final Transition CUT = new Transition("cut", 0, Optional.empty());

  public Transition {
    Objects.requireNonNull(prompt, "prompt");
    if (type.isBlank() || frames < 0) {
      throw new IllegalArgumentException("a transition of type \"" + type + "\" with " + frames + " frames;"
          + " it needs a type and 0 or more frames");
    }
  }

  /** Whether this is the plain cut. */
  public boolean isCut() {
    return type.equals(CUT.type());
  }
}
