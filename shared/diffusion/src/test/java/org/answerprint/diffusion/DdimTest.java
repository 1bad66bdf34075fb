package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdimTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);

  @Test
  void runsStableDiffusionFrom981To1InFiftySteps() {
    Ddim ddim = Ddim.of(config(PredictionType.EPSILON), 50);
    assertThat(timesteps(ddim)).startsWith(981, 961).endsWith(21, 1).hasSize(50);
    assertThat(timesteps(Ddim.of(config(PredictionType.EPSILON).withStepsOffset(0), 50))).startsWith(980).endsWith(0);
    assertThat(timesteps(Ddim.of(config(PredictionType.EPSILON), 7))).containsExactly(853, 711, 569, 427, 285, 143, 1);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1000", "1001"})
  void refusesMoreStepsThanThereAreTimesteps(int steps) {
    assertThatThrownBy(() -> Ddim.of(config(PredictionType.EPSILON), steps)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("from 1 to 999");
    assertThat(Ddim.of(config(PredictionType.EPSILON), 999).timestep(0)).isEqualTo(999);
    assertThat(Ddim.of(config(PredictionType.EPSILON).withStepsOffset(0), 1000).timestep(0)).isEqualTo(999);
  }

  @ParameterizedTest
  @CsvSource({"1, EPSILON", "4, EPSILON", "10, VELOCITY", "50, EPSILON", "50, VELOCITY", "333, EPSILON",
      "999, VELOCITY"})
  void givesBackWhatWasInvertedWhereNoiseDependsOnTheTimestepAlone(int steps, PredictionType type) {
    Ddim ddim = Ddim.of(config(type), steps);
    float[] start = Noise.ofSeed(1).draw(64);
    float[] latent = start.clone();
    for (int step = steps - 1; step >= 0; step--) {
      ddim.invert(step).apply(latent, stub(ddim, step, type, latent), latent);
    }
    for (int step = 0; step < steps; step++) {
      ddim.sample(step).apply(latent, stub(ddim, step, type, latent), latent);
    }
    for (int i = 0; i < start.length; i++) {
      assertThat(latent[i]).isCloseTo(start[i], within(1e-5f));
    }
  }

  @Test
  void givesTheSameForNoiseAndForTheVelocityThatSaysTheSame() {
    Ddim noise = Ddim.of(config(PredictionType.EPSILON), 50);
    Ddim velocity = Ddim.of(config(PredictionType.VELOCITY), 50);
    float[] clean = Noise.ofSeed(2).draw(32);
    float[] added = Noise.ofSeed(3).draw(32);
    for (int step = 0; step < 50; step++) {
      double alpha = SCHEDULE.alpha(noise.timestep(step));
      float[] latent = apply(noise.noised(step), clean, added);
      float[] output = apply(new Combination(-Math.sqrt(1 - alpha), Math.sqrt(alpha)), clean, added);
      assertClose(apply(noise.clean(step), latent, added), clean, 1e-4);
      assertClose(apply(velocity.clean(step), latent, output), clean, 1e-5);
      assertClose(apply(velocity.noise(step), latent, output), added, 1e-5);
      assertClose(apply(velocity.sample(step), latent, output), apply(noise.sample(step), latent, added), 1e-5);
      assertClose(apply(velocity.invert(step), latent, output), apply(noise.invert(step), latent, added), 1e-4);
    }
  }

  @Test
  void endsAtTimestepZeroOrWithoutNoiseAsTheConfigSays() {
    float[] clean = {0.5f, -2};
    float[] added = {1, 1};
    Ddim kept = Ddim.of(config(PredictionType.EPSILON), 50);
    float[] before = apply(kept.noised(49), clean, added);
    assertClose(apply(kept.sample(49), before, added), apply(SCHEDULE.noised(0), clean, added), 1e-6);
    Ddim whole = Ddim.of(new SchedulerConfig(SCHEDULE, PredictionType.EPSILON, 1, true), 50);
    assertClose(apply(whole.sample(49), before, added), clean, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"EPSILON", "VELOCITY"})
  void leavesTheLatentAsItIsInTheLastStepWithoutAnOffset(PredictionType type) {
    Ddim ddim = Ddim.of(config(type).withStepsOffset(0), 50);
    float[] latent = Noise.ofSeed(4).draw(4096);
    latent[0] = 1e-20f;
    float[] output = type == PredictionType.EPSILON ? Noise.ofSeed(5).draw(4096) : new float[4096];
    assertThat(apply(ddim.sample(49), latent, output)).containsExactly(latent);
    assertThat(apply(ddim.invert(49), latent, output)).containsExactly(latent);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0.5, 25", "0.59, 21", "0.01, 50", "0, 50"})
  void beginsSdeditWithTheLastStepsOfTheStrength(double strength, int first) {
    assertThat(Ddim.of(config(PredictionType.EPSILON), 50).firstStep(strength)).isEqualTo(first);
  }

  @Test
  void refusesAStrengthThatIsNone() {
    Ddim ddim = Ddim.of(config(PredictionType.EPSILON), 50);
    assertThatThrownBy(() -> ddim.firstStep(1.01)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> ddim.firstStep(Double.NaN)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> ddim.timestep(50)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ddim.timestep(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** The output of a network whose noise depends on the timestep alone. */
  private static float[] stub(Ddim ddim, int step, PredictionType type, float[] latent) {
    float[] noise = Noise.ofSeed(77).stream(ddim.timestep(step)).draw(latent.length);
    if (type == PredictionType.EPSILON) {
      return noise;
    }
    double alpha = SCHEDULE.alpha(ddim.timestep(step));
    return apply(new Combination(-Math.sqrt(1 - alpha) / Math.sqrt(alpha), 1 / Math.sqrt(alpha)), latent, noise);
  }

  private static SchedulerConfig config(PredictionType type) {
    return new SchedulerConfig(SCHEDULE, type, 1, false);
  }

  private static int[] timesteps(Ddim ddim) {
    return IntStream.range(0, ddim.steps()).map(ddim::timestep).toArray();
  }

  private static float[] apply(Combination combination, float[] x, float[] y) {
    float[] target = new float[x.length];
    combination.apply(x, y, target);
    return target;
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within((float) tolerance));
    }
  }
}
