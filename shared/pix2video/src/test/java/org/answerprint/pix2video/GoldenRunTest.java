package org.answerprint.pix2video;

import static org.answerprint.pix2video.Fixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole runs of the reference implementation: 4 frames, 10 steps of inversion, 10 of the edit. Run in chunks and in one, they
 * stay within 1e-3 of it; a single step from the reference's own latents is within 1e-5 of it.
 */
class GoldenRunTest {

  private static final int STEPS = 10;

  @ParameterizedTest
  @CsvSource({"sd15, 4, TOGETHER, 3, APART", "sd-depth, 3, TOGETHER, 1, APART"})
  void matchesTheReferenceRunStepByStep(String name, int chunk, Branches branches, int otherChunk, Branches otherBranches) {
    try (Fixture fixture = Fixture.open(name)) {
      Pix2Video method = Pix2Video.of(fixture.ported(), fixture.settings(STEPS).in(chunk, branches));
      Recording run = new Recording();
      float[] edited = method.edit(fixture.clip(), fixture.texts(), run);
      for (int step = 1; step <= STEPS; step++) {
        assertThat(error(run.after(step), fixture.at("inversion_trajectory", step))).isLessThan(1e-3);
        assertThat(error(run.after(STEPS + step), fixture.at("edit_trajectory", step))).isLessThan(1e-3);
        assertThat(error(run.cleanAt(step - 1), fixture.at("x0_trajectory", step - 1))).isLessThan(1e-3);
      }
      assertThat(error(edited, fixture.values("edited"))).isLessThan(1e-3);

      Pix2Video chunked = new Pix2Video(method.denoiser(), method.inversion(), method.settings().in(otherChunk, otherBranches));
      float[] again = chunked.resume(run.checkpoint(STEPS), fixture.clip(), fixture.texts(), Watch.NONE);
      assertThat(error(again, edited)).isLessThan(1e-3);
      for (int step : new int[] {0, 5, 6, 9}) {
        Recording one = Recording.ofOneStep();
        one.stops(() -> chunked.resume(new Checkpoint(STEPS + step, fixture.at("edit_trajectory", step)), fixture.clip(),
            fixture.texts(), one));
        assertThat(error(one.after(STEPS + step + 1), fixture.at("edit_trajectory", step + 1))).isLessThan(1e-5);
      }
    }
  }
}
