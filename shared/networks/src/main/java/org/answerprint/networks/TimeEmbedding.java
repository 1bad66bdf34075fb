package org.answerprint.networks;

import java.util.stream.IntStream;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * A timestep as sines and cosines of falling frequency, then two linear layers (weights {@code linear_1}, {@code linear_2}):
 * {@code [1, 4 width]} for one timestep that all rows share.
 *
 * @param width how many sines and cosines together: an even number
 * @param flipSinToCos whether the cosines come first
 * @param freqShift how many steps early the lowest frequency, 1/10000, is reached
 */
public record TimeEmbedding(int width, boolean flipSinToCos, int freqShift) {

  private static final double LONGEST_PERIOD = 10_000;

  public TimeEmbedding {
    if (width % 2 != 0 || width / 2 <= freqShift) {
      throw new IllegalArgumentException("a time embedding is of even width, above twice its shift: " + width);
    }
  }

  /**
   * The embedding of a FLOAT timestep without axes.
   *
   * @param g at the embedding's own path
   */
  public Tensor of(GraphBuilder g, Tensor timestep) {
    Tensor waves = waves(g, timestep);
    Tensor h = g.silu(g.in("linear_1").linear(g.cast(waves, g.floating()), 4L * width, true));
    return g.in("linear_2").linear(h, 4L * width, true);
  }

  private Tensor waves(GraphBuilder g, Tensor timestep) {
    Tensor frequencies = g.constant(timestep.element(), Shape.of(1, width / 2), frequencies());
    Tensor angles = g.multiply(frequencies, timestep);
    return flipSinToCos ? g.concat(-1, g.cos(angles), g.sin(angles)) : g.concat(-1, g.sin(angles), g.cos(angles));
  }

  /** Rounded to FLOAT at each step as in the reference: at t = 981 a frequency's last bit is the sine's fifth decimal. */
  private double[] frequencies() {
    int half = width / 2;
    float rate = (float) -Math.log(LONGEST_PERIOD);
    return IntStream.range(0, half).mapToDouble(i -> (float) Math.exp(rate * i / (half - freqShift))).toArray();
  }
}
