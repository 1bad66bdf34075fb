package org.answerprint.diffusion;

import java.util.Objects;
import org.answerprint.faults.RequestFault;

/**
 * Denoising diffusion implicit models without added noise, on "leading" timesteps: the arithmetic of sampling, and of
 * its inversion. Steps count from 0, the noisiest; inversion goes through the same steps from the last one to 0.
 * Immutable.
 */
public final class Ddim {

  private final SchedulerConfig config;
  private final int steps;
  private final int stride;

  private Ddim(SchedulerConfig config, int steps) {
    this.config = config;
    this.steps = steps;
    this.stride = config.schedule().timesteps() / steps;
  }

  /** @throws RequestFault where the schedule has no room for so many steps, or for none */
  public static Ddim of(SchedulerConfig config, int steps) {
    int most = config.schedule().timesteps() - config.stepsOffset();
    if (steps < 1 || steps > most || config.schedule().timesteps() / steps * (steps - 1) >= most) {
      throw new RequestFault("%d steps do not fit a schedule of %d timesteps; give from 1 to %d".formatted(
          steps, config.schedule().timesteps(), most));
    }
    return new Ddim(config, steps);
  }

  public int steps() {
    return steps;
  }

  /**
   * What the network is told: 981, 961 and so on to 1 for fifty steps of Stable Diffusion.
   *
   * @throws IndexOutOfBoundsException where there is no such step
   */
  public int timestep(int step) {
    return (steps - 1 - Objects.checkIndex(step, steps)) * stride + config.stepsOffset();
  }

  /** The clean latent that a network's output at this step speaks of, of latent and output. */
  public Combination clean(int step) {
    return config.predictionType().clean(alpha(step));
  }

  /** The noise that a network's output at this step speaks of, of latent and output. */
  public Combination noise(int step) {
    return config.predictionType().noise(alpha(step));
  }

  /** The latent after this step, of latent and output. */
  public Combination sample(int step) {
    return move(alpha(step), alphaAfter(step)).of(noise(step));
  }

  /**
   * The latent before this step, of the latent after it and the output that the network gave for that latent at this
   * step's timestep.
   */
  public Combination invert(int step) {
    return move(alphaAfter(step), alpha(step)).of(noise(step));
  }

  /** A clean latent as it would be before this step, of the latent and noise: where SDEdit begins. */
  public Combination noised(int step) {
    return config.schedule().noised(timestep(step));
  }

  /**
   * The step at which SDEdit begins, {@link #steps} where nothing is left to do.
   *
   * @param strength which part of the steps is run, from 0 to 1; rounded down to whole steps
   * @throws RequestFault where the strength is out of range
   */
  public int firstStep(double strength) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new RequestFault("a strength of %s is out of range; give one from 0 to 1".formatted(strength));
    }
    return steps - (int) Math.floor(steps * strength);
  }

  private double alpha(int step) {
    return config.schedule().alpha(timestep(step));
  }

  private double alphaAfter(int step) {
    int after = timestep(step) - stride;
    if (after >= 0) {
      return config.schedule().alpha(after);
    }
    return config.setAlphaToOne() ? 1 : config.schedule().alpha(0);
  }

  /** From one noise level to another along the noise, of latent and noise. */
  private static Combination move(double from, double to) {
    if (from == to) {
      return Combination.NOTHING;
    }
    double scale = Math.sqrt(to) / Math.sqrt(from);
    return new Combination(scale, Math.sqrt(1 - to) - scale * Math.sqrt(1 - from));
  }
}
