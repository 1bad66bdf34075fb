package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class GuidedUpdateTest {

  @Test
  void isAsStrongAsThePublicCodeAtItsSize() {
    assertThat(GuidedUpdate.KAPPA).isCloseTo(0.01220703, within(1e-8));
    assertThat(GuidedUpdate.ofWeight(100, 4 * 64 * 64, 50)).isEqualTo(new GuidedUpdate(GuidedUpdate.KAPPA, 26));
    assertThat(GuidedUpdate.ofSteps(50).guides(25)).isTrue();
    assertThat(GuidedUpdate.ofSteps(50).guides(26)).isFalse();
    assertThat(GuidedUpdate.ofSteps(10).steps()).isEqualTo(6);
  }

  @Test
  void changesNothingWithoutStrengthOrWithoutDifference() {
    float[] latents = Noise.ofSeed(1).draw(8);
    float[] clean = Noise.ofSeed(2).draw(8);
    float[] before = latents.clone();
    new GuidedUpdate(0, 26).apply(latents, clean, 1, new float[4]);
    assertThat(latents).containsExactly(before);
    new GuidedUpdate(0.5, 26).apply(latents, clean, 1, Arrays.copyOfRange(clean, 4, 8));
    assertThat(latents).containsExactly(before);
    assertThat(new GuidedUpdate(0, 26).guides(0)).isFalse();
  }

  @Test
  void bringsCleanLatentsTogetherWhereNoiseIsLinear() {
    Ddim ddim = Ddim.of(new SchedulerConfig(
        NoiseSchedule.scaledLinear(1000, 0.00085, 0.012), PredictionType.EPSILON, 1, false), 50);
    for (int step = 0; step < 50; step++) {
      float[] latent = Noise.ofSeed(3).stream(step).draw(16);
      float[] cleanBefore = Noise.ofSeed(4).stream(step).draw(16);
      double last = difference(clean(ddim, step, latent), cleanBefore);
      for (int pull = 0; pull < 5; pull++) {
        new GuidedUpdate(GuidedUpdate.KAPPA, 50).apply(latent, clean(ddim, step, latent), 0, cleanBefore);
        double next = difference(clean(ddim, step, latent), cleanBefore);
        assertThat(next).isLessThan(last);
        last = next;
      }
    }
  }

  @Test
  void refusesStrengthsThatAreNone() {
    assertThatThrownBy(() -> new GuidedUpdate(-1, 5)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> new GuidedUpdate(Double.NaN, 5)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> new GuidedUpdate(1, -1)).isInstanceOf(RequestFault.class);
  }

  private static float[] clean(Ddim ddim, int step, float[] latent) {
    float[] output = new float[latent.length];
    new Combination(0.3, 0).apply(latent, latent, output);
    float[] clean = new float[latent.length];
    ddim.clean(step).apply(latent, output, clean);
    return clean;
  }

  private static double difference(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
