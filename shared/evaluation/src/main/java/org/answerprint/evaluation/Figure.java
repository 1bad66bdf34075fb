package org.answerprint.evaluation;

import java.util.Optional;
import java.util.function.Function;

/** The figures of which a table gives the mean over edits. */
enum Figure {
  KEPT("kept", judged(Judged::kept)),
  CLIP_TEXT("clipText", judged(Judged::clipText)),
  CLIP_IMAGE("clipImage", judged(Judged::clipImage)),
  PIXEL_MSE("pixelMse", score -> Optional.of(score.pixelMse())),
  PIXEL_MSE_TRUE("pixelMseTrue", judged(Judged::pixelMseTrue)),
  MOTION("motion", Score::motion),
  SECONDS("secondsPerFrame", score -> Optional.of(score.secondsPerFrame()));

  private final String key;
  private final Function<Score, Optional<Double>> value;

  Figure(String key, Function<Score, Optional<Double>> value) {
    this.key = key;
    this.value = value;
  }

  /** Its name in JSON. */
  String key() {
    return key;
  }

  /** Empty where a score has no such figure. */
  Optional<Double> of(Score score) {
    return value.apply(score);
  }

  private static Function<Score, Optional<Double>> judged(Function<Judged, Double> value) {
    return score -> score.judged().map(value);
  }
}
