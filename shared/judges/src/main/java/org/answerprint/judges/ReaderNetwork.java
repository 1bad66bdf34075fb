package org.answerprint.judges;

import java.util.EnumMap;
import java.util.Map;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * The attribute reader's network: what the trunk sees, a hidden layer, and one head an attribute.
 *
 * @param trunk that sees
 * @param hidden width of the hidden layer
 */
record ReaderNetwork(Trunk trunk, long hidden) {

  static final ReaderNetwork USUAL = new ReaderNetwork(Trunk.USUAL, 128);
  static final String PICTURES = "pixel_values";

  /** The output of an attribute's logits. */
  static String logits(Attribute attribute) {
    return "logits." + attribute.key();
  }

  /** From {@code pixel_values} {@code [B, 3, H, W]} to {@code logits.{key}} {@code [B, values]} of each attribute. */
  Graph graph(int width, int height) {
    GraphBuilder g = GraphBuilder.create();
    Tensor pictures = g.input(PICTURES, ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(3), Dim.of(height), Dim.of(width)));
    heads(g, pictures).forEach((attribute, logits) -> g.output(logits(attribute), logits));
    return g.build();
  }

  /** The logits {@code [B, values]} of each attribute. */
  Map<Attribute, Tensor> heads(GraphBuilder g, Tensor pictures) {
    Tensor seen = g.silu(g.in("hidden").linear(trunk.of(g.in("trunk"), pictures), hidden, true));
    Map<Attribute, Tensor> heads = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      heads.put(attribute, g.in("heads." + attribute.key()).linear(seen, attribute.count(), true));
    }
    return heads;
  }
}
