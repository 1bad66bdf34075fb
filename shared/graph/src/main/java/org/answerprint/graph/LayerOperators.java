package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What networks are made of. Each layer comes twice: with its weights given, and with its weights declared under the builder's
 * path by PyTorch's names, {@code weight} and {@code bias}.
 */
interface LayerOperators extends LayoutOperators {

  /** A weight of the run's floating type under this builder's path. */
  Tensor weight(String name, long... lengths);

  /** Matrix products over the last two axes; those before broadcast. */
  default Tensor matMul(Tensor a, Tensor b) {
    return matMul(a, false, b, false);
  }

  /** Matrix products over the last two axes of operands that may be transposed; axes before broadcast. */
  default Tensor matMul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    return apply(new MatMul(transposeA, transposeB), a, b);
  }

  /** {@code x W^T + b} for x {@code [..., in]}, weight {@code [out, in]}, and a bias {@code [out]} or none. */
  default Tensor linear(Tensor x, Tensor weight, Tensor... bias) {
    return apply(new Linear(), with(x, weight, bias));
  }

  /** {@code x W^T + b} with {@code weight} {@code [out, in]} and, if wanted, {@code bias} {@code [out]}. */
  default Tensor linear(Tensor x, long out, boolean bias) {
    Tensor weight = weight("weight", out, x.size(-1));
    return bias ? linear(x, weight, weight("bias", out)) : linear(x, weight);
  }

  /** Convolution of {@code [B, Cin, s...]} with a weight {@code [Cout, Cin/groups, k...]} and a bias {@code [Cout]} or none. */
  default Tensor conv(Tensor x, Tensor weight, Window window, long groups, Tensor... bias) {
    if (isOverTimeAlone(weight, window)) {
      return convOverTime(x, weight, window, groups, bias);
    }
    return apply(new Conv(window, groups), with(x, weight, bias));
  }

  private static boolean isOverTimeAlone(Tensor weight, Window window) {
    Window over = new Window(List.of(window.strides().getFirst(), 1L, 1L), List.of(window.before().getFirst(), 0L, 0L),
        List.of(window.after().getFirst(), 0L, 0L));
    return window.axes() == 3 && weight.rank() == 5 && weight.dim(3).is(1) && weight.dim(4).is(1) && window.equals(over);
  }

  /** A kernel of {@code (k, 1, 1)} sees height and width as one axis: runtimes are at their best with two spatial axes. */
  private Tensor convOverTime(Tensor x, Tensor weight, Window window, long groups, Tensor... bias) {
    Window flat = new Window(window.strides().subList(0, 2), window.before().subList(0, 2), window.after().subList(0, 2));
    Tensor y = conv(reshape(x, 0, 0, 0, -1), reshape(weight, 0, 0, 0, 1), flat, groups, bias);
    return reshape(y, Shape.of(y.dim(0), y.dim(1), y.dim(2), x.dim(3), x.dim(4)));
  }

  /** Convolution with a square kernel over all spatial axes of x, {@code weight} and {@code bias}. */
  default Tensor conv(Tensor x, long out, long kernel, long stride, long padding) {
    long[] lengths = new long[x.rank()];
    Arrays.fill(lengths, kernel);
    return conv(x, out, Arrays.copyOf(lengths, x.rank() - 2), Window.of(x.rank() - 2, stride, padding, padding), true);
  }

  /** Convolution with {@code weight} {@code [out, Cin, kernel...]} and, if wanted, {@code bias} {@code [out]}. */
  default Tensor conv(Tensor x, long out, long[] kernel, Window window, boolean bias) {
    long[] lengths = new long[kernel.length + 2];
    lengths[0] = out;
    lengths[1] = x.size(1);
    System.arraycopy(kernel, 0, lengths, 2, kernel.length);
    Tensor weight = weight("weight", lengths);
    return bias ? conv(x, weight, window, 1, weight("bias", out)) : conv(x, weight, window, 1);
  }

  /**
   * Transposed convolution of {@code [B, Cin, s...]} with a weight {@code [Cin, Cout/groups, k...]} and a bias {@code [Cout]} or
   * none.
   *
   * @param remainders places added after the last element of each spatial axis
   */
  default Tensor convTranspose(Tensor x, Tensor weight, Window window, List<Long> remainders, long groups, Tensor... bias) {
    return apply(new ConvTranspose(window, remainders, groups), with(x, weight, bias));
  }

  /** The largest element of each window of the spatial axes. */
  default Tensor maxPool(Tensor x, long[] kernel, Window window) {
    return apply(new MaxPool(Arrays.stream(kernel).boxed().toList(), window), x);
  }

  /** Mean 0 and variance 1 over the last axis, times a scale, plus a shift. */
  default Tensor layerNorm(Tensor x, Tensor scale, Tensor shift, double epsilon) {
    return apply(new LayerNorm(epsilon), x, scale, shift);
  }

  /** Layer normalisation over the last axis with {@code weight} and {@code bias}. */
  default Tensor layerNorm(Tensor x, double epsilon) {
    return layerNorm(x, weight("weight", x.size(-1)), weight("bias", x.size(-1)), epsilon);
  }

  /** Mean 0 and variance 1 over groups of channels of {@code [B, C, s...]} and all places, times a scale, plus a shift. */
  default Tensor groupNorm(Tensor x, int groups, Tensor scale, Tensor shift, double epsilon) {
    return apply(new GroupNorm(groups, epsilon, false), x, scale, shift);
  }

  /** Group normalisation of {@code [B, C, s...]} with {@code weight} and {@code bias}. */
  default Tensor groupNorm(Tensor x, int groups, double epsilon) {
    return groupNorm(x, groups, weight("weight", x.size(1)), weight("bias", x.size(1)), epsilon);
  }

  /** The rows of {@code weight} {@code [count, width]} that INT64 ids name. */
  default Tensor embedding(Tensor ids, long count, long width) {
    return gather(weight("weight", count, width), 0, ids);
  }

  /**
   * Scaled dot-product attention, heads side by side in the last axis.
   *
   * @param q {@code [B, T, heads d]}
   * @param k {@code [B, S, heads d]}
   * @param v {@code [B, S, heads e]}
   * @param mask added to the scaled scores; broadcasts to {@code [B, heads, T, S]}; none or one
   * @return {@code [B, T, heads e]}
   */
  default Tensor attention(Tensor q, Tensor k, Tensor v, int heads, double scale, Tensor... mask) {
    List<Tensor> inputs = new ArrayList<>(List.of(q, k, v));
    inputs.addAll(List.of(mask));
    return apply(new Attention(heads, scale, Attention.MOST_SCORES), inputs.toArray(Tensor[]::new));
  }

  /** Attention with the usual scale, one over the square root of a head's width. */
  default Tensor attention(Tensor q, Tensor k, Tensor v, int heads, Tensor... mask) {
    return attention(q, k, v, heads, 1 / Math.sqrt((double) q.size(-1) / heads), mask);
  }

  private static Tensor[] with(Tensor x, Tensor weight, Tensor... bias) {
    List<Tensor> inputs = new ArrayList<>(List.of(x, weight));
    inputs.addAll(List.of(bias));
    return inputs.toArray(Tensor[]::new);
  }
}
