package org.answerprint.networks;

import java.util.Set;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * Self-attention whose keys and values come from any rows, carried in or of the same forward pass. Inputs of the graph:
 * {@code kv_index} INT64 {@code [B, R]}, {@code kv_keep} INT64 {@code [Q]}, and for each ported layer {@code kv_pool.{id}}
 * FLOAT {@code [P, T, C]}; its output is {@code kv_state.{id}} {@code [Q, T, C]}. Index p below P picks carried row p, and
 * {@code P + b} picks row b of this pass, so that {@code kv_index[b] = [P + b]} is ordinary self-attention. What is carried is
 * the layer's normalised input h: half of what its keys and values would be.
 */
final class AttentionPorts {

  private static final Dim REFERENCES = Dim.of("R");
  private static final Dim POOL = Dim.of("P");
  private static final Dim KEPT = Dim.of("Q");

  private final Set<String> ported;
  private final Dim rows;

  /**
   * Ports at these layers, by their ids.
   *
   * @param rows of the forward pass
   */
  AttentionPorts(Set<String> ported, Dim rows) {
    this.ported = Set.copyOf(ported);
    this.rows = rows;
  }

  /** The port of a layer; closed where the layer is not ported. */
  AttentionPort of(String id) {
    return ported.contains(id) ? open(id) : AttentionPort.CLOSED;
  }

  private AttentionPort open(String id) {
    return new AttentionPort() {
      @Override
      public Tensor context(GraphBuilder g, Tensor h) {
        Tensor index = g.input("kv_index", ElementType.INT64, Shape.of(rows, REFERENCES));
        Tensor keep = g.input("kv_keep", ElementType.INT64, Shape.of(KEPT));
        Tensor carried = g.input("kv_pool." + id, ElementType.FLOAT, Shape.of(POOL, h.dim(1), h.dim(2)));
        g.output("kv_state." + id, g.gather(h, 0, keep));
        Tensor picked = g.gather(g.concat(0, carried, h), 0, index);
        return g.reshape(picked, Shape.of(rows, REFERENCES.times(h.dim(1)), h.dim(2)));
      }
    };
  }
}
