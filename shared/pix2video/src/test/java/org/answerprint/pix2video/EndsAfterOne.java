package org.answerprint.pix2video;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

/** Ends a run after its first step, as somebody who cancels does. */
final class EndsAfterOne extends RuntimeException {

  private EndsAfterOne() {
    super("enough");
  }

  /** A run with the watch given by {@link #keeping}. */
  static void of(Runnable run) {
    assertThatThrownBy(run::run).isInstanceOf(EndsAfterOne.class);
  }

  static Watch keeping(List<Checkpoint> passed) {
    return new Watch() {
      @Override
      public void afterStep(Checkpoint checkpoint, int steps) {
        passed.add(checkpoint);
        throw new EndsAfterOne();
      }
    };
  }
}
