package org.answerprint.diffusion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.answerprint.faults.RequestFault;

/**
 * A schedule respaced to fewer steps from its first timestep to its last, as SEINE samples: with added noise (DDPM,
 * fixed large variance) or without (DDIM). The network predicts noise. Steps count from 0, the noisiest. Immutable.
 */
public final class Respaced {

  private final NoiseSchedule schedule;
  private final int[] timesteps;

  private Respaced(NoiseSchedule schedule, int[] timesteps) {
    this.schedule = schedule;
    this.timesteps = timesteps;
  }

  /** @throws RequestFault where the schedule has no room for so many steps, or they are fewer than two */
  public static Respaced of(NoiseSchedule schedule, int steps) {
    int last = schedule.timesteps() - 1;
    if (steps < 2 || steps > schedule.timesteps()) {
      throw new RequestFault("%d steps do not fit a schedule of %d timesteps; give from 2 to %d".formatted(
          steps, schedule.timesteps(), schedule.timesteps()));
    }
    int[] timesteps = new int[steps];
    for (int k = 0; k < steps; k++) {
      timesteps[k] = BigDecimal.valueOf((long) k * last)
          .divide(BigDecimal.valueOf(steps - 1L), 0, RoundingMode.HALF_EVEN).intValueExact();
    }
    return new Respaced(schedule, timesteps);
  }

  public int steps() {
    return timesteps.length;
  }

  /**
   * What the network is told, a timestep of the whole schedule: 999, 995 and so on to 0 for 250 steps.
   *
   * @throws IndexOutOfBoundsException where there is no such step
   */
  public int timestep(int step) {
    return timesteps[retained(step)];
  }

  /** The clean latent that a network's output at this step speaks of, of latent and output. */
  public Combination clean(int step) {
    return PredictionType.EPSILON.clean(alpha(step));
  }

  /** The latent after this step without added noise, of latent and output; after the last step the clean latent. */
  public Combination ddim(int step) {
    double after = alphaAfter(step);
    double scale = Math.sqrt(after) / Math.sqrt(alpha(step));
    return new Combination(scale, Math.sqrt(1 - after) - scale * Math.sqrt(1 - alpha(step)));
  }

  /** The mean of the latent after this step with added noise, of latent and output. */
  public Combination ddpmMean(int step) {
    double alpha = alpha(step);
    double after = alphaAfter(step);
    double beta = beta(step);
    double ofClean = beta * Math.sqrt(after) / (1 - alpha);
    double ofLatent = (1 - after) * Math.sqrt(1 - beta) / (1 - alpha);
    Combination clean = clean(step);
    return new Combination(ofLatent + ofClean * clean.latent(), ofClean * clean.output());
  }

  /** What noise of deviation 1 is multiplied by before it is added to the mean; 0 at the last step. */
  public double ddpmDeviation(int step) {
    return retained(step) == 0 ? 0 : Math.sqrt(beta(step));
  }

  /** A clean latent as it would be before this step, of the latent and noise. */
  public Combination noised(int step) {
    return schedule.noised(timestep(step));
  }

  /** The beta of this step in the respaced schedule. */
  double beta(int step) {
    return 1 - alpha(step) / alphaAfter(step);
  }

  private double alpha(int step) {
    return schedule.alpha(timestep(step));
  }

  private double alphaAfter(int step) {
    int retained = retained(step);
    return retained == 0 ? 1 : schedule.alpha(timesteps[retained - 1]);
  }

  private int retained(int step) {
    return timesteps.length - 1 - Objects.checkIndex(step, timesteps.length);
  }
}
