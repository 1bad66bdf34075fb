package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;

/**
 * The arithmetic of a whole Pix2Video run of the reference implementation, without its network: what the network said
 * follows from the latents and the clean latents of each step.
 */
class ReferenceRunTest {

  private static final int STEPS = 10;
  private static final int FRAMES = 4;
  private static final int FRAME = 4 * 16 * 16;
  private static final int CLIP = FRAMES * FRAME;

  private final Ddim ddim = Ddim.of(new SchedulerConfig(
      NoiseSchedule.scaledLinear(1000, 0.00085, 0.012), PredictionType.EPSILON, 1, false), STEPS);

  @Test
  void makesEveryStepOfTheReferenceRun() throws URISyntaxException {
    try (Tensors golden = WeightFiles.open(Path.of(getClass().getResource("/pix2video.safetensors").toURI()))) {
      float[] latents = golden.get("edit_trajectory").toFloats();
      float[] cleans = golden.get("x0_trajectory").toFloats();
      GuidedUpdate update = GuidedUpdate.ofWeight(100, FRAME, STEPS);
      for (int step = 0; step < STEPS; step++) {
        assertThat(golden.get("timesteps").buffer().getLong(8 * step)).isEqualTo(ddim.timestep(step));
        float[] latent = clip(latents, step);
        float[] clean = clip(cleans, step);
        float[] noise = new float[CLIP];
        noiseBetween(step).apply(latent, clean, noise);
        ddim.sample(step).apply(latent, noise, latent);
        for (int frame = 1; frame < FRAMES && update.guides(step); frame++) {
          update.apply(latent, clean, frame, Arrays.copyOfRange(clean, (frame - 1) * FRAME, frame * FRAME));
        }
        assertThat(relative(latent, clip(latents, step + 1))).isLessThan(1e-5);
      }
    }
  }

  /** The noise of a latent and its clean latent, at a step. */
  private Combination noiseBetween(int step) {
    Combination noised = ddim.noised(step);
    return new Combination(1 / noised.output(), -noised.latent() / noised.output());
  }

  private static float[] clip(float[] trajectory, int index) {
    return Arrays.copyOfRange(trajectory, index * CLIP, (index + 1) * CLIP);
  }

  private static double relative(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
