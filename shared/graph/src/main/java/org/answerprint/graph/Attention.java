package org.answerprint.graph;

import java.util.List;

/**
 * Scaled dot-product attention of several heads: queries {@code [B, T, heads d]}, keys {@code [B, S, heads d]}, values
 * {@code [B, S, heads e]}, and an optional mask that is added to the scaled scores and broadcasts to {@code [B, heads, T, S]};
 * the result is {@code [B, T, heads e]}. Head by head P = softmax(scale Q K^T + mask) over S, and Y = P V. Then dV = P^T dY,
 * dP = dY V^T, dS = P * (dP - sum of dP * P over S), dQ = scale dS K, dK = scale dS^T Q, and the mask's is dS summed over the
 * axes it was broadcast along. P is computed again in the backward pass.
 */
record Attention(int heads, double scale) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 3, 4);
    Types.requireSameElement(inputs);
    TensorType q = inputs.getFirst();
    Types.requireFloating(q, "attention");
    inputs.subList(0, 3).forEach(input -> Types.require(input.shape().rank() == 3, "attention wants [B, T, C], found %s", input));
    Shape k = inputs.get(1).shape();
    Shape v = inputs.get(2).shape();
    Types.requireShape(inputs.get(1), Shape.of(q.shape().dim(0), k.dim(1), q.shape().dim(2)), "the keys");
    Types.requireShape(inputs.get(2), Shape.of(k.dim(0), k.dim(1), v.dim(2)), "the values");
    Types.require(q.shape().size(2) % heads == 0 && v.size(2) % heads == 0, "%s and %s do not make %d heads", q, v, heads);
    if (inputs.size() == 4) {
      Shape scores = Shape.of(q.shape().dim(0), Dim.of(heads), q.shape().dim(1), k.dim(1));
      Shape joint = Shape.broadcast(inputs.get(3).shape(), scores);
      Types.require(joint.equals(scores), "a mask broadcasts to %s, found %s", scores, inputs.get(3));
    }
    return List.of(q.shaped(q.shape().with(2, v.dim(2))));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor q = heads(g, backward.input(0));
    Tensor k = heads(g, backward.input(1));
    Tensor v = heads(g, backward.input(2));
    Tensor dy = heads(g, backward.gradient());
    Tensor p = probabilities(g, q, k, backward.inputCount() == 4 ? List.of(backward.input(3)) : List.of());
    backward.give(2, () -> joined(g, g.matMul(p, true, dy, false)));
    ElementType work = p.element() == ElementType.FLOAT16 ? ElementType.FLOAT : p.element();
    Tensor dp = g.cast(g.matMul(dy, false, v, true), work);
    Tensor ds = g.cast(Softmax.slope(g, g.cast(p, work), dp, -1), p.element());
    backward.give(0, () -> joined(g, g.multiply(g.matMul(ds, k), scale)));
    backward.give(1, () -> joined(g, g.multiply(g.matMul(ds, true, q, false), scale)));
    backward.give(3, () -> ds);
  }

  private Tensor heads(GraphBuilder g, Tensor x) {
    return g.transpose(g.reshape(x, 0, 0, heads, -1), 0, 2, 1, 3);
  }

  private static Tensor joined(GraphBuilder g, Tensor x) {
    return g.reshape(g.transpose(x, 0, 2, 1, 3), 0, 0, -1);
  }

  private Tensor probabilities(GraphBuilder g, Tensor q, Tensor k, List<Tensor> mask) {
    Tensor scores = g.matMul(g.multiply(q, scale), false, k, true);
    for (Tensor added : mask) {
      scores = g.add(scores, added);
    }
    boolean half = scores.element() == ElementType.FLOAT16;
    return half ? g.cast(g.softmax(g.cast(scores, ElementType.FLOAT), -1), ElementType.FLOAT16) : g.softmax(scores, -1);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    boolean fused = lowering.fusesAttention() && inputs.getFirst().element() != ElementType.DOUBLE;
    return List.of(fused ? fused(lowering, inputs) : spelledOut(lowering.g(), inputs));
  }

  private Tensor spelledOut(GraphBuilder g, List<Tensor> inputs) {
    Tensor p = probabilities(g, heads(g, inputs.get(0)), heads(g, inputs.get(1)), inputs.subList(3, inputs.size()));
    return joined(g, g.matMul(p, heads(g, inputs.get(2))));
  }

  /** ONNX Runtime's MultiHeadAttention, whose mask has four axes, the first two of length 1 where they broadcast. */
  private Tensor fused(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor q = inputs.getFirst();
    TensorType type = q.type().shaped(q.shape().with(2, inputs.get(2).dim(2)));
    Attributes attributes = Attributes.of("num_heads", heads).and("scale", scale);
    if (inputs.size() == 3) {
      return lowering.microsoft("MultiHeadAttention", attributes, type, q, inputs.get(1), inputs.get(2));
    }
    Tensor mask = inputs.get(3);
    Shape four = mask.shape();
    while (four.rank() < 4) {
      four = Shape.of(1).followedBy(four);
    }
    Shape full = four.with(2, q.dim(1)).with(3, inputs.get(1).dim(1));
    Tensor bias = g.expand(g.reshape(mask, four), full);
    return lowering.microsoftAt("MultiHeadAttention", attributes, List.of(0, 1, 2, 5), type, q, inputs.get(1), inputs.get(2), bias);
  }
}
