package org.answerprint.evaluation;

import org.answerprint.faults.RequestFault;

/**
 * What all variants have in common.
 *
 * @param steps of the sampler, and of its inversion
 * @param guidance towards the edit's text
 * @param seed of random starts, random references and the noise of SDEdit
 */
public record Protocol(int steps, double guidance, long seed) {

  /** Twenty-five steps, and the guidance that the method has where a recipe says nothing. */
  public static final Protocol USUAL = new Protocol(25, 7.5, 1);

  /** @throws RequestFault where there is no step, or guidance is none */
  public Protocol {
    if (steps < 1 || !(guidance >= 0 && guidance <= 50)) {
      throw new RequestFault("%d steps with guidance %s cannot be run; give at least 1 step, and guidance from 0 to 50".formatted(
          steps, guidance));
    }
  }

  /** Names what results belong to. */
  String key() {
    return "%d-steps-guidance-%s-seed-%d".formatted(steps, Double.toString(guidance).replaceAll("\\.0$", ""), seed);
  }
}
