package org.answerprint.training;

import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/** How far neighbouring pixels of an error differ: an edge that is softened costs more than a shade that is off. */
final class Edges {

  private Edges() {}

  /** The mean absolute difference of neighbours along one axis, and along another, added up: one number. */
  static Tensor of(GraphBuilder g, Tensor error, int vertical, int horizontal) {
    return g.add(differences(g, error, vertical), differences(g, error, horizontal));
  }

  private static Tensor differences(GraphBuilder g, Tensor x, int axis) {
    long count = x.size(axis) - 1;
    return g.meanOfAll(g.absolute(g.subtract(g.slice(x, axis, 1, count), g.slice(x, axis, 0, count))));
  }
}
