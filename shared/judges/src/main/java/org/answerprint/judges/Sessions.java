package org.answerprint.judges;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.answerprint.graph.Graph;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.training.Size;
import org.answerprint.weights.Tensors;

/** A network of pictures loaded for each size that it is asked for, with the same weights. Not for several threads at once. */
final class Sessions implements AutoCloseable {

  private final Engine engine;
  private final Function<Size, Graph> graphs;
  private final BoundWeights weights;
  private final Map<Size, Session> open = new HashMap<>();

  Sessions(Engine engine, Tensors weights, Function<Size, Graph> graphs) {
    this.engine = engine;
    this.graphs = graphs;
    this.weights = BoundWeights.of(weights, graphs.apply(ToyboxJudges.SIZES.getFirst()).weights());
  }

  Session of(Size size) {
    return open.computeIfAbsent(size, missing -> Session.open(engine, graphs.apply(missing), weights));
  }

  @Override
  public void close() {
    open.values().forEach(Session::close);
    weights.close();
  }
}
