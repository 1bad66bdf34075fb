package org.answerprint.graph;

/** The two blocks a denoiser is made of, for benchmarks and for tests of memory. */
final class Blocks {

  private Blocks() {}

  static Tensor resnet(GraphBuilder g, Tensor x) {
    long channels = x.size(1);
    Tensor h = g.in("conv1").conv(g.silu(g.in("norm1").groupNorm(x, 32, 1e-5)), channels, 3, 1, 1);
    return g.add(x, g.in("conv2").conv(g.silu(g.in("norm2").groupNorm(h, 32, 1e-5)), channels, 3, 1, 1));
  }

  static Tensor transformer(GraphBuilder g, Tensor x, int heads) {
    long channels = x.size(1);
    Tensor tokens = g.transpose(g.reshape(x, 0, 0, -1), 0, 2, 1);
    Tensor n = g.in("norm").layerNorm(tokens, 1e-5);
    Tensor y = g.attention(g.in("to_q").linear(n, channels, false), g.in("to_k").linear(n, channels, false),
        g.in("to_v").linear(n, channels, false), heads);
    Tensor out = g.add(tokens, g.in("to_out.0").linear(y, channels, true));
    return g.reshape(g.transpose(out, 0, 2, 1), x.shape());
  }
}
