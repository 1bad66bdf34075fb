package org.answerprint.diffusion;

import java.util.Objects;

/**
 * What a checkpoint's {@code scheduler_config.json} says about its noise, as far as DDIM and its inversion need it.
 *
 * @param schedule of the training
 * @param predictionType what the network's output is
 * @param stepsOffset what is added to every timestep
 * @param setAlphaToOne whether the last step ends without any noise, instead of at timestep 0
 */
public record SchedulerConfig(
    NoiseSchedule schedule, PredictionType predictionType, int stepsOffset, boolean setAlphaToOne) {

  public SchedulerConfig {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(predictionType, "predictionType");
    if (stepsOffset < 0 || stepsOffset >= schedule.timesteps()) {
      throw new IllegalArgumentException(
          "an offset of %d in %d timesteps".formatted(stepsOffset, schedule.timesteps()));
    }
  }

  /** The same with another offset: Pix2Video's public code runs Stable Diffusion with 0. */
  public SchedulerConfig withStepsOffset(int offset) {
    return new SchedulerConfig(schedule, predictionType, offset, setAlphaToOne);
  }
}
