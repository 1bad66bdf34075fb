package org.answerprint.graph;

/** What a backward pass keeps from the forward pass. */
public enum Recompute {
  /** Every value it needs: fastest, and memory grows with the depth of the network. */
  NOTHING,
  /**
   * Only values that cross the border of a {@link GraphBuilder#block}; within one they are computed once more when its turn comes,
   * so that memory holds the borders and one block's inside. Costs about one more forward pass.
   */
  BLOCKS
}
