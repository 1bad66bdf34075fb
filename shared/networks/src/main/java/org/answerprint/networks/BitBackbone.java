package org.answerprint.networks;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/**
 * BiT, a ResNet with standardised weights (Kolesnikov and others, 2020), as the backbone of a hybrid DPT (Hugging Face's
 * BitBackbone with bottleneck layers): a stem, and three stages of bottlenecks.
 *
 * @param embeddingSize channels of the stem
 * @param hiddenSizes channels of each stage's result
 * @param depths layers of each stage
 * @param numGroups of every group normalisation
 * @param dynamicPadding whether the stem's pooling pads, so that it exactly halves an even length
 */
public record BitBackbone(int embeddingSize, List<Integer> hiddenSizes, List<Integer> depths, int numGroups,
    boolean dynamicPadding) {

  public BitBackbone {
    hiddenSizes = List.copyOf(hiddenSizes);
    depths = List.copyOf(depths);
  }

  private static final int STAGES = 3;
  private static final int WIDEST = 1 << 16;
  private static final double WEIGHT_EPSILON = 1e-8;
  private static final double NORM_EPSILON = 1e-5;

  /** Reads the config of a hybrid DPT's backbone; its problems are noted there. */
  static BitBackbone of(Config config) {
    config.only("model_type", "bit");
    config.only("layer_type", "bottleneck");
    config.only("hidden_act", "relu");
    config.only("num_channels", 3);
    config.wordOr("global_padding", "SAME", "SAME", "same");
    config.only("output_stride", 32);
    if (config.has("out_features")) {
      List<String> stages = List.of("stage1", "stage2", "stage3");
      List<String> found = config.words("out_features", STAGES, stages.toArray(String[]::new));
      config.require(found.equals(stages), "out_features", stages.toString());
    }
    List<Integer> depths = config.has("depths") ? config.wholes("depths", STAGES, 1, 256) : List.of(3, 4, 9);
    config.require(depths.size() == STAGES, "depths", "a list of three whole numbers");
    List<Integer> sizes = config.has("hidden_sizes") ? config.wholes("hidden_sizes", 8, 1, WIDEST) : List.of(256, 512, 1024);
    config.require(sizes.size() >= STAGES, "hidden_sizes", "a list of at least three whole numbers");
    int factor = config.wholeOr("width_factor", 1, 1, 16);
    int groups = config.wholeOr("num_groups", 32, 1, WIDEST);
    int embedding = config.wholeOr("embedding_size", 64, 1, WIDEST);
    config.require(embedding % groups == 0, "embedding_size", "a multiple of num_groups, " + groups);
    List<Integer> widths = sizes.stream().limit(STAGES).map(size -> ofEights(size * (double) factor)).toList();
    config.require(widths.stream().allMatch(width -> width % groups == 0 && inner(width) % groups == 0), "hidden_sizes",
        "numbers that are multiples of num_groups, %d, as their quarters are".formatted(groups));
    return new BitBackbone(embedding, widths, depths, groups, config.flagOr("embedding_dynamic_padding", true));
  }

  /** The nearest multiple of 8 that is not below nine tenths of a number of channels. */
  private static int ofEights(double value) {
    int rounded = Math.max(8, (int) (value + 4) / 8 * 8);
    return rounded < 0.9 * value ? rounded + 8 : rounded;
  }

  /** The channels inside a bottleneck. */
  private static int inner(int channels) {
    return ofEights(channels * 0.25);
  }

  /** The result of each stage for pictures {@code [B, 3, H, W]}: a quarter, an eighth and a sixteenth of their size. */
  List<Tensor> stages(GraphBuilder g, Tensor pixels) {
    Tensor x = stem(g.in("embedder"), pixels);
    List<Tensor> results = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      for (int layer = 0; layer < depths.get(stage); layer++) {
        GraphBuilder place = g.block("encoder.stages.%d.layers.%d".formatted(stage, layer));
        int stride = stage > 0 && layer == 0 ? 2 : 1;
        x = bottleneck(place, x, hiddenSizes.get(stage), stride, layer == 0);
      }
      results.add(x);
    }
    return results;
  }

  private Tensor stem(GraphBuilder g, Tensor pixels) {
    Tensor x = conv(g.in("convolution"), pixels, embeddingSize, 7, 2);
    x = g.relu(norm(g.in("norm"), x));
    return g.maxPool(dynamicPadding ? padded(g, x, 3, 2) : x, new long[] {3, 3}, Window.of(2, 0));
  }

  private Tensor bottleneck(GraphBuilder g, Tensor x, int channels, int stride, boolean first) {
    Tensor h = g.relu(norm(g.in("norm1"), conv(g.in("conv1"), x, inner(channels), 1, 1)));
    h = g.relu(norm(g.in("norm2"), conv(g.in("conv2"), h, inner(channels), 3, stride)));
    h = norm(g.in("norm3"), conv(g.in("conv3"), h, channels, 1, 1));
    Tensor shortcut = first ? norm(g.in("downsample.norm"), conv(g.in("downsample.conv"), x, channels, 1, stride)) : x;
    return g.relu(g.add(h, shortcut));
  }

  private Tensor norm(GraphBuilder g, Tensor x) {
    return g.groupNorm(x, numGroups, NORM_EPSILON);
  }

  /** Each output channel's weights have mean 0 and variance 1. */
  private static Tensor conv(GraphBuilder g, Tensor x, long out, long kernel, long stride) {
    Tensor weight = g.weight("weight", out, x.size(1), kernel, kernel);
    Tensor centred = g.subtract(weight, g.meanKeeping(weight, 1, 2, 3));
    Tensor variance = g.meanKeeping(g.square(centred), 1, 2, 3);
    Tensor standard = g.divide(centred, g.sqrt(g.add(variance, WEIGHT_EPSILON)));
    return g.conv(padded(g, x, kernel, stride), standard, Window.of(stride, 0), 1);
  }

  /** TensorFlow's SAME: as many places as strides, the odd zero at the end. */
  private static Tensor padded(GraphBuilder g, Tensor x, long kernel, long stride) {
    long height = missing(x.size(2), kernel, stride);
    long width = missing(x.size(3), kernel, stride);
    return g.pad(x, List.of(0L, 0L, height / 2, width / 2), List.of(0L, 0L, height - height / 2, width - width / 2), 0);
  }

  private static long missing(long length, long kernel, long stride) {
    return Math.max((Math.ceilDiv(length, stride) - 1) * stride + kernel - length, 0);
  }
}
