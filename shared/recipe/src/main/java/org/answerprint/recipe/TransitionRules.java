package org.answerprint.recipe;

/**
 * What a transition asks of a recipe.
 *
 * @param name the name that recipes use
 * @param minFrames the fewest frames it can replace
 * @param maxFrames the most frames it can replace
 * @param defaultFrames how many it replaces where the recipe does not say
 * @param needsPrompt whether it cannot do without a prompt
 */
public record TransitionRules(String name, int minFrames, int maxFrames, int defaultFrames, boolean needsPrompt) {

  /** What most transitions replace where the recipe does not say. */
  public static final int USUAL_FRAMES = 12;

  public TransitionRules {
    Limits.require(minFrames >= 0 && minFrames <= defaultFrames && defaultFrames <= maxFrames,
        "the frames of " + name, minFrames + ", " + defaultFrames + ", " + maxFrames, "fewest, usual, most");
  }

  /** A transition of 2 to 120 frames, usually 12, even or odd, that needs no prompt. */
  public static TransitionRules of(String name) {
    return new TransitionRules(name, 2, 120, USUAL_FRAMES, false);
  }
}
