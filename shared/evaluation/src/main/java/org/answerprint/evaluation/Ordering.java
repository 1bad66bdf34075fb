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
 * @param of which edits count
 */
record Ordering(String claim, String better, String worse, Figure figure, boolean greaterIsBetter, Edits of) {

  /** Some of the set's edits. */
  enum Edits {
    ALL(_ -> true), PATTERNS(judged -> judged.kind() == EditKind.PATTERN), TURNING(Judged::turns);

    private final Predicate<Judged> which;

    Edits(Predicate<Judged> which) {
      this.which = which;
    }

    boolean has(Score score) {
      return this == ALL || score.judged().filter(which).isPresent();
    }
  }

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
      smoother("the method is steadier than frames by themselves", Variant.HEADLINE, Variant.PER_FRAME, Edits.ALL),
      alike("its frames are more alike", Variant.HEADLINE, Variant.PER_FRAME, Edits.ALL),
      smoother("it is steadier from random starts", Variant.RANDOM, Variant.PER_FRAME_RANDOM, Edits.ALL),
      alike("its frames are more alike from random starts", Variant.RANDOM, Variant.PER_FRAME_RANDOM, Edits.ALL),
      smoother("it is steadier in pattern edits", Variant.HEADLINE, Variant.PER_FRAME, Edits.PATTERNS),
      alike("its frames are more alike in pattern edits", Variant.HEADLINE, Variant.PER_FRAME, Edits.PATTERNS),
      smoother("attending alone makes frames steadier", Variant.UNGUIDED, Variant.PER_FRAME, Edits.ALL),
      alike("attending alone makes frames alike", Variant.UNGUIDED, Variant.PER_FRAME, Edits.ALL),
      smoother("attending alone makes frames steadier from random starts", Variant.RANDOM_UNGUIDED, Variant.PER_FRAME_RANDOM, Edits.ALL),
      alike("attending alone makes frames alike from random starts", Variant.RANDOM_UNGUIDED, Variant.PER_FRAME_RANDOM, Edits.ALL),
      smoother("the frame before adds to the anchor", Variant.HEADLINE, Variant.ANCHOR, Edits.ALL),
      smoother("the anchor alone breaks objects that turn", Variant.HEADLINE, Variant.ANCHOR, Edits.TURNING),
      smoother("the frame before is better than a random one", Variant.HEADLINE, Variant.ANCHOR_RANDOM, Edits.ALL),
      faithful("the edit fades without the anchor", Variant.PREVIOUS),
      smoother("without the anchor frames flicker", Variant.HEADLINE, Variant.PREVIOUS, Edits.ALL),
      smoother("the guided update lessens flicker", Variant.HEADLINE, Variant.UNGUIDED, Edits.ALL),
      faithful("guided on all steps, quality is lost", Variant.GUIDED_ALWAYS),
      new Ordering("deep layers alone let structure change", Variant.HEADLINE, Variant.DEEP, Figure.MOTION, true, Edits.ALL),
      faithful("the encoder's layers too make artefacts", Variant.ENCODER),
      smoother("inverted noise is steadier than random noise", Variant.HEADLINE, Variant.RANDOM, Edits.ALL),
      smoother("SDEdit flickers", Variant.HEADLINE, Variant.SDEDIT_MIDDLE, Edits.ALL),
      faithful("a carried key frame fails where something new is seen", Variant.KEY_FRAME));

  private static Ordering smoother(String claim, String better, String worse, Edits of) {
    return new Ordering(claim, better, worse, Figure.PIXEL_MSE, false, of);
  }

  private static Ordering alike(String claim, String better, String worse, Edits of) {
    return new Ordering(claim, better, worse, Figure.CLIP_IMAGE, true, of);
  }

  /** The headline shows what was asked for better than another does. */
  private static Ordering faithful(String claim, String worse) {
    return new Ordering(claim, Variant.HEADLINE, worse, Figure.CLIP_TEXT, true, Edits.ALL);
  }

  /** Empty where the two variants have no edit in common. */
  Optional<Found> in(Scores scores) {
    double[][] pairs = scores.paired(better, worse, score -> of.has(score) ? figure.of(score) : Optional.empty());
    return pairs[0].length == 0 ? Optional.empty()
        : Optional.of(new Found(this, BOOTSTRAP.difference(pairs[0], pairs[1]), pairs[0].length));
  }
}
