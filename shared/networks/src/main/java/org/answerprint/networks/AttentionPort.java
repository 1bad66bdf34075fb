package org.answerprint.networks;

import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/** How one self-attention layer of a network is open to the outside. What a port does not override stays closed. */
public interface AttentionPort {

  /** The layer as it is. */
  AttentionPort CLOSED = new AttentionPort() {};

  /**
   * What keys and values are made from.
   *
   * @param g at the path of the layer's transformer block
   * @param h {@code [B, T, C]}: the layer's input after its layer normalisation, from which queries are made
   * @return {@code [B, any, C]}
   */
  default Tensor context(GraphBuilder g, Tensor h) {
    return h;
  }

  /** Is shown the layer's keys {@code [B, any, C]}. */
  default void keys(GraphBuilder g, Tensor keys) {}
}
