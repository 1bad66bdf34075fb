package org.answerprint.networks;

import java.util.Optional;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/**
 * A transformer block along time, beside a shortcut: each place of a clip attends to itself in the other frames, twice. Weights:
 * {@code norm}, {@code proj_in}, {@code transformer_blocks.0}, {@code proj_out}.
 *
 * @param heads of both attentions
 * @param width of the block inside, a multiple of the heads
 * @param groups of the normalisation, whose means run over all frames
 */
record TemporalTransformer(int heads, long width, int groups) {

  private static final double EPSILON = 1e-6;

  /**
   * The transformer.
   *
   * @param g at its own path
   * @param images {@code [B F, C, h, w]}
   * @param mask {@code [F, F]}, added to the scaled scores of both attentions
   */
  Tensor of(GraphBuilder g, ClipSize size, Tensor images, Tensor mask) {
    Tensor h = size.moments(g, g.in("norm").groupNorm(size.clip(g, images), groups, EPSILON));
    h = g.in("proj_in").linear(h, width, true);
    h = new TransformerBlock(heads).of(g.in("transformer_blocks.0"), h, Optional.empty(), AttentionPort.CLOSED, mask);
    h = g.in("proj_out").linear(h, images.size(1), true);
    return g.add(images, size.imagesOfMoments(g, h, images.shape()));
  }
}
