package org.answerprint.judges;

import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.answerprint.networks.ClipText;

/**
 * CLIP in small (Radford et al., 2021): a trunk of convolutions for pictures and a transformer for texts, each with a projection into
 * one space, in which a picture and its caption are to point the same way.
 *
 * @param trunk that sees
 * @param text that reads; the state at a text's last place, which sees all words, stands for it
 * @param width of the space
 */
record TextImageNetwork(Trunk trunk, ClipText text, long width) {

  static final TextImageNetwork USUAL = new TextImageNetwork(Trunk.USUAL, new ClipText(CaptionWords.count(), CaptionWords.PLACES,
      64, 128, 2, 4, ClipText.Activation.QUICK_GELU, 1e-5, CaptionWords.END), 64);
  static final String PICTURES = "pixel_values";
  static final String TEXTS = "input_ids";
  static final String PICTURE_EMBEDDINGS = "image_embeds";
  static final String TEXT_EMBEDDINGS = "text_embeds";

  private static final double LEAST_SQUARE = 1e-12;

  /** From {@code pixel_values} {@code [B, 3, H, W]} to {@code image_embeds} {@code [B, width]}. */
  Graph pictures(int width, int height) {
    GraphBuilder g = GraphBuilder.create();
    Tensor pictures = g.input(PICTURES, ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(3), Dim.of(height), Dim.of(width)));
    g.output(PICTURE_EMBEDDINGS, seen(g, pictures));
    return g.build();
  }

  /** From {@code input_ids} {@code [B, places]} to {@code text_embeds} {@code [B, width]}. */
  Graph texts() {
    GraphBuilder g = GraphBuilder.create();
    Tensor ids = g.input(TEXTS, ElementType.INT64, Shape.of(Dim.of("B"), Dim.of(text.maxPositions())));
    g.output(TEXT_EMBEDDINGS, read(g, ids));
    return g.build();
  }

  /** Pictures' directions, of length 1. */
  Tensor seen(GraphBuilder g, Tensor pictures) {
    Tensor seen = trunk.of(g.in("vision"), pictures);
    return direction(g, g.in("visual_projection").linear(g.silu(g.in("vision.hidden").linear(seen, 2 * width, true)), width, false));
  }

  /** Texts' directions, of length 1. */
  Tensor read(GraphBuilder g, Tensor ids) {
    Tensor states = text.states(g.in("text"), ids);
    Tensor last = g.squeeze(g.slice(states, 1, text.maxPositions() - 1, 1), 1);
    return direction(g, g.in("text_projection").linear(last, width, false));
  }

  private static Tensor direction(GraphBuilder g, Tensor x) {
    return g.divide(x, g.sqrt(g.add(g.sumKeeping(g.square(x), 1), LEAST_SQUARE)));
  }
}
