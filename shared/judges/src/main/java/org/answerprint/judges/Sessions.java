package org.answerprint.judges;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.answerprint.graph.Graph;
import org.answerprint.pictures.Picture;
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

  /**
   * Runs the network on pictures, as many at once as it has room for.
   *
   * @param input the network's, {@code [B, 3, H, W]}
   * @param pictures of one size
   * @param look at what came of some of them, in order: the session after its run, and how many rows it has
   */
  void see(String input, List<Picture> pictures, ObjIntConsumer<Session> look) {
    for (int from = 0; from < pictures.size(); from += Seen.AT_ONCE) {
      List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + Seen.AT_ONCE));
      Size size = Seen.sizeFor(some.getFirst());
      Session session = of(size);
      session.floats(input, some.size(), 3, size.height(), size.width()).put(Seen.planes(some, size));
      session.run();
      look.accept(session, some.size());
    }
  }

  private Session of(Size size) {
    return open.computeIfAbsent(size, missing -> Session.open(engine, graphs.apply(missing), weights));
  }

  @Override
  public void close() {
    open.values().forEach(Session::close);
    weights.close();
  }
}
