package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class RespacedTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(1000, 1e-4, 0.02);

  @Test
  void spreadsStepsFromTheFirstTimestepToTheLast() {
    assertThat(timesteps(250)).startsWith(999, 995).endsWith(8, 4, 0);
    assertThat(timesteps(100)).startsWith(999).endsWith(20, 10, 0);
    assertThat(timesteps(50)).startsWith(999, 979).endsWith(61, 41, 20, 0);
    assertThat(timesteps(5)).containsExactly(999, 749, 500, 250, 0);
    assertThat(timesteps(3)).containsExactly(999, 500, 0);
    assertThat(timesteps(1000)).containsExactly(IntStream.iterate(999, t -> t >= 0, t -> t - 1).toArray());
  }

  @Test
  void hasTheBetasOfTheTrainingWhereNoStepIsLeftOut() {
    Respaced all = Respaced.of(SCHEDULE, 1000);
    for (int t = 0; t < 1000; t++) {
      assertThat(all.beta(999 - t)).isCloseTo(1e-4 + t / 999.0 * (0.02 - 1e-4), within(1e-12));
    }
    assertThat(Respaced.of(SCHEDULE, 50).beta(49)).isCloseTo(1e-4, within(1e-12));
  }

  @Test
  void endsAtTheCleanLatentWithoutAddedNoise() {
    Respaced sampler = Respaced.of(SCHEDULE, 50);
    float[] clean = Noise.ofSeed(1).draw(32);
    float[] noise = Noise.ofSeed(2).draw(32);
    float[] latent = new float[32];
    sampler.noised(0).apply(clean, noise, latent);
    for (int step = 0; step < 50; step++) {
      sampler.ddim(step).apply(latent, exactNoise(sampler, step, latent, clean), latent);
    }
    assertClose(latent, clean, 1e-4f);
  }

  @Test
  void keepsTheDistributionOfTheForwardProcessWithAddedNoise() {
    Respaced sampler = Respaced.of(SCHEDULE, 10);
    for (int step = 0; step < 9; step++) {
      double alpha = SCHEDULE.alpha(sampler.timestep(step));
      double after = SCHEDULE.alpha(sampler.timestep(step + 1));
      Combination mean = sampler.ddpmMean(step);
      // With latent = sqrt(alpha) clean + sqrt(1-alpha) noise, what is left of the clean latent in the mean.
      assertThat(mean.latent() * Math.sqrt(alpha)).isCloseTo(Math.sqrt(after), within(1e-12));
      double variance = Math.pow(sampler.ddpmDeviation(step), 2);
      assertThat(variance).isCloseTo(1 - alpha / after, within(1e-12));
      // The posterior's own variance is the smaller one that exactly keeps the forward process's.
      double left = Math.pow(mean.latent() * Math.sqrt(1 - alpha) + mean.output(), 2);
      double posterior = (1 - after) / (1 - alpha) * (1 - alpha / after);
      assertThat(left + posterior).isCloseTo(1 - after, within(1e-9));
    }
    assertThat(sampler.ddpmDeviation(9)).isZero();
    assertThat(sampler.ddpmMean(9).latent()).isCloseTo(sampler.clean(9).latent(), within(1e-9));
    assertThat(sampler.ddpmMean(9).output()).isCloseTo(sampler.clean(9).output(), within(1e-9));
  }

  @Test
  void refusesStepsThatDoNotFit() {
    assertThatThrownBy(() -> Respaced.of(SCHEDULE, 1)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> Respaced.of(SCHEDULE, 1001)).isInstanceOf(RequestFault.class);
  }

  private static int[] timesteps(int steps) {
    Respaced sampler = Respaced.of(SCHEDULE, steps);
    return IntStream.range(0, sampler.steps()).map(sampler::timestep).toArray();
  }

  private static float[] exactNoise(Respaced sampler, int step, float[] latent, float[] clean) {
    double alpha = SCHEDULE.alpha(sampler.timestep(step));
    float[] noise = new float[latent.length];
    new Combination(1 / Math.sqrt(1 - alpha), -Math.sqrt(alpha) / Math.sqrt(1 - alpha)).apply(latent, clean, noise);
    return noise;
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
