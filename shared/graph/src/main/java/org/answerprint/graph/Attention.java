package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scaled dot-product attention of several heads: queries {@code [B, T, heads d]}, keys {@code [B, S, heads d]}, values
 * {@code [B, S, heads e]}, and an optional mask that is added to the scaled scores and broadcasts to {@code [B, heads, T, S]};
 * the result is {@code [B, T, heads e]}. Head by head P = softmax(scale Q K^T + mask) over S, and Y = P V. Then dV = P^T dY,
 * dP = dY V^T, dS = P * (dP - sum of dY * Y over e), dQ = scale dS K, dK = scale dS^T Q, and the mask's is dS summed over the
 * axes it was broadcast along. P is computed again in the
 * backward pass, a few heads at a time where it is large.
 *
 * @param mostScores the most elements of P that the backward pass makes at a time, one head at the least
 */
record Attention(int heads, double scale, long mostScores) implements Operator {

  /** An eighth of a gigabyte in FLOAT. */
  static final long MOST_SCORES = 1L << 25;

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
    List<Tensor> mask = backward.inputCount() == 4 ? List.of(backward.input(3)) : List.of();
    int step = headsAtOnce(q, k);
    if (step >= heads) {
      Slopes slopes = slopes(backward, q, k, v, dy, mask);
      backward.give(0, () -> joined(g, slopes.q()));
      backward.give(1, () -> joined(g, slopes.k()));
      backward.give(2, () -> joined(g, slopes.v()));
      backward.give(3, slopes::scores);
    } else {
      headsInTurn(backward, step, List.of(q, k, v, dy), mask);
    }
  }

  /**
   * So many heads after so many. What comes of some heads is joined to one tensor before the next heads' turn: a runtime would
   * else put off half of it and keep every score matrix until then.
   */
  private void headsInTurn(Backward backward, int step, List<Tensor> all, List<Tensor> mask) {
    GraphBuilder g = backward.g();
    List<Tensor> inTurn = new ArrayList<>();
    for (int from = 0; from < heads; from += step) {
      int start = from;
      int count = Math.min(step, heads - from);
      List<Tensor> some = all.stream().map(x -> g.slice(x, 1, start, count)).toList();
      List<Tensor> masks = mask.stream().map(m -> m.rank() >= 3 && m.dim(-3).is(heads) ? g.slice(m, -3, start, count) : m).toList();
      Slopes slopes = slopes(backward, some.get(0), some.get(1), some.get(2), some.get(3), masks);
      inTurn.add(g.concat(2, slopes.wanted(backward).stream().map(slope -> g.reshape(slope, 0, 0, -1)).toList()));
    }
    Tensor joint = g.concat(1, inTurn);
    long start = 0;
    for (int input : wanted(backward)) {
      Shape whole = input == 3 ? Shape.of(all.get(0).dim(0), Dim.of(heads), all.get(0).dim(2), all.get(1).dim(2))
          : all.get(input).shape();
      long from = start;
      long length = whole.size(2) * whole.size(3);
      Tensor slope = g.reshape(g.slice(joint, 2, from, length), whole);
      backward.give(input, () -> input == 3 ? slope : joined(g, slope));
      start += length;
    }
  }

  private static List<Integer> wanted(Backward backward) {
    return IntStream.range(0, backward.inputCount()).filter(backward::wants).boxed().toList();
  }

  /** The gradients of some heads' queries, keys, values and scores. */
  private record Slopes(Tensor q, Tensor k, Tensor v, Tensor scores) {
    List<Tensor> wanted(Backward backward) {
      List<Tensor> all = List.of(q, k, v, scores);
      return Attention.wanted(backward).stream().map(all::get).toList();
    }
  }

  /** Two score matrices live at a time: the sum of dP * P over S is that of dY * Y over the head's width. */
  private Slopes slopes(Backward backward, Tensor q, Tensor k, Tensor v, Tensor dy, List<Tensor> mask) {
    GraphBuilder g = backward.g();
    Tensor p = probabilities(g, q, k, mask);
    ElementType work = p.element() == ElementType.FLOAT16 ? ElementType.FLOAT : p.element();
    Tensor row = g.sumKeeping(g.multiply(g.cast(dy, work), g.cast(g.matMul(p, v), work)), -1);
    Tensor dp = g.cast(g.matMul(dy, false, v, true), work);
    Tensor ds = g.cast(g.multiply(g.cast(p, work), g.subtract(dp, row)), p.element());
    return new Slopes(g.multiply(g.matMul(ds, k), scale), g.multiply(g.matMul(ds, true, q, false), scale),
        g.matMul(p, true, dy, false), ds);
  }

  /** As many heads as keep a score matrix within bounds; all of them where its size is not known yet. */
  private int headsAtOnce(Tensor q, Tensor k) {
    Dim scores = q.dim(0).times(q.dim(2)).times(k.dim(2));
    return scores.isNumber() ? Math.clamp(mostScores / scores.value(), 1, heads) : heads;
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
    boolean fused = !lowering.isStandard() && inputs.getFirst().element() != ElementType.DOUBLE;
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
