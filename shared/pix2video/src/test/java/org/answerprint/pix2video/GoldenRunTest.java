package org.answerprint.pix2video;

import static org.answerprint.pix2video.Fixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of the reference implementation: 4 frames, 10 steps of inversion, 10 of the edit. */
class GoldenRunTest {

  private static final int STEPS = 10;

  @ParameterizedTest
  @CsvSource({"sd15, 4, TOGETHER", "sd-depth, 4, TOGETHER", "sd15, 3, APART", "sd-depth, 1, APART"})
  void matchesTheReferenceRunStepByStep(String name, int chunk, Branches branches) {
    try (Fixture fixture = Fixture.open(name)) {
      List<Checkpoint> passed = new ArrayList<>();
      float[] edited = Pix2Video.of(fixture.ported(), fixture.settings(STEPS).in(chunk, branches))
          .edit(fixture.clip(), fixture.texts(), keeping(passed));
      for (int step = 1; step <= STEPS; step++) {
        assertThat(error(passed.get(step - 1).latents(), fixture.at("inversion_trajectory", step))).isLessThan(1e-3);
        assertThat(error(passed.get(STEPS + step - 1).latents(), fixture.at("edit_trajectory", step))).isLessThan(1e-3);
      }
      assertThat(error(edited, fixture.values("edited"))).isLessThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15", "sd-depth"})
  void followsEveryStepOfTheReferenceRunFromItsOwnLatents(String name) {
    try (Fixture fixture = Fixture.open(name)) {
      Pix2Video method = Pix2Video.of(fixture.ported(), fixture.settings(STEPS).in(3, Branches.TOGETHER));
      for (int step = 0; step < STEPS; step++) {
        List<Checkpoint> passed = new ArrayList<>();
        Checkpoint before = new Checkpoint(STEPS + step, fixture.at("edit_trajectory", step));
        EndsAfterOne.of(() -> method.resume(before, fixture.clip(), fixture.texts(), EndsAfterOne.keeping(passed)));
        assertThat(error(passed.getFirst().latents(), fixture.at("edit_trajectory", step + 1))).isLessThan(1e-5);
      }
    }
  }

  private static Watch keeping(List<Checkpoint> passed) {
    return new Watch() {
      @Override
      public void afterStep(Checkpoint checkpoint, int steps) {
        passed.add(checkpoint);
      }
    };
  }
}
