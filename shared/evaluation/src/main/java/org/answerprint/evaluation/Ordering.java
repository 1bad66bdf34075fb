package org.answerprint.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.answerprint.metrics.Bootstrap;
import org.answerprint.metrics.Interval;

/**
 * Something that the paper says of two variants, or that is wanted of them, beside what came out: the mean difference of a figure over
 * the same edits, paired.
 *
 * @param claim in words
 * @param better the variant that is said to be better
 * @param worse the other
 * @param figure by which
 * @param greaterIsBetter what better means of it
 * @param patternEditsOnly whether only edits of the pattern count
 */
record Ordering(String claim, String better, String worse, Figure figure, boolean greaterIsBetter, boolean patternEditsOnly) {

  /** What came out. */
  enum Outcome {
    HOLDS("holds"), DOES_NOT("the other way round"), OPEN("not decided");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * @param difference of the first variant less the second
   * @param edits that both have run
   */
  record Found(Ordering ordering, Interval difference, int edits) {

    Outcome outcome() {
      if (!difference.excludesZero()) {
        return Outcome.OPEN;
      }
      return difference.estimate() > 0 == ordering.greaterIsBetter() ? Outcome.HOLDS : Outcome.DOES_NOT;
    }
  }

  private static final Bootstrap BOOTSTRAP = Bootstrap.ofSeed(11);

  /** The paper's ablations in words, the baselines' known failings, and what is wanted of this model. */
  static final List<Ordering> ALL = List.of(
      smoother("attending makes frames alike", Variant.HEADLINE, Variant.PER_FRAME),
      alike("attending makes frames alike", Variant.HEADLINE, Variant.PER_FRAME),
      smoother("the same from random starts", Variant.RANDOM, Variant.PER_FRAME_RANDOM),
      alike("the same from random starts", Variant.RANDOM, Variant.PER_FRAME_RANDOM),
      ofPatterns("the same of pattern edits", Figure.PIXEL_MSE, false),
      ofPatterns("the same of pattern edits", Figure.CLIP_IMAGE, true),
      smoother("the frame before adds to the anchor", Variant.HEADLINE, Variant.ANCHOR),
      smoother("the frame before is better than a random one", Variant.HEADLINE, Variant.ANCHOR_RANDOM),
      new Ordering("the edit fades without the anchor", Variant.HEADLINE, Variant.PREVIOUS, Figure.CLIP_TEXT, true, false),
      smoother("without the anchor frames flicker", Variant.HEADLINE, Variant.PREVIOUS),
      smoother("the guided update lessens flicker", Variant.HEADLINE, Variant.UNGUIDED),
      new Ordering("guided on all steps, quality is lost", Variant.HEADLINE, Variant.GUIDED_ALWAYS, Figure.CLIP_TEXT, true, false),
      smoother("inverted noise is steadier than random noise", Variant.HEADLINE, Variant.RANDOM),
      smoother("SDEdit flickers", Variant.HEADLINE, Variant.SDEDIT_MIDDLE),
      new Ordering("a carried key frame fails where something new is seen", Variant.HEADLINE, Variant.KEY_FRAME, Figure.CLIP_TEXT, true, false));

  private static Ordering smoother(String claim, String better, String worse) {
    return new Ordering(claim, better, worse, Figure.PIXEL_MSE, false, false);
  }

  private static Ordering alike(String claim, String better, String worse) {
    return new Ordering(claim, better, worse, Figure.CLIP_IMAGE, true, false);
  }

  private static Ordering ofPatterns(String claim, Figure figure, boolean greaterIsBetter) {
    return new Ordering(claim, Variant.HEADLINE, Variant.PER_FRAME, figure, greaterIsBetter, true);
  }

  /** Empty where the two variants have no edit in common. */
  Optional<Found> in(Scores scores) {
    Predicate<Score> counts = score -> !patternEditsOnly
        || score.judged().filter(judged -> judged.kind() == EditKind.PATTERN).isPresent();
    double[][] pairs = scores.paired(better, worse, score -> counts.test(score) ? figure.of(score) : Optional.empty());
    return pairs[0].length == 0 ? Optional.empty()
        : Optional.of(new Found(this, BOOTSTRAP.difference(pairs[0], pairs[1]), pairs[0].length));
  }
}
