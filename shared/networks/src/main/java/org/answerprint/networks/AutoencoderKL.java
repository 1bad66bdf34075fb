package org.answerprint.networks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * Between images and latents (Hugging Face's AutoencoderKL): an encoder that halves the image between its blocks, and a decoder
 * that doubles it again. Latents are those of the network itself: multiply by {@code scalingFactor} for the denoiser, and divide
 * before decoding.
 *
 * @param inChannels of an image that is encoded
 * @param outChannels of an image that is decoded
 * @param latentChannels of a latent
 * @param blockOutChannels of the encoder's blocks; the decoder has them in reverse
 * @param layersPerBlock resnets of each encoder block; the decoder has one more
 * @param normNumGroups of every group normalisation
 * @param midAttention whether the middle blocks have attention
 * @param quantConv whether the encoder ends with a convolution of one place
 * @param postQuantConv whether the decoder begins with one
 * @param scalingFactor see above
 */
public record AutoencoderKL(int inChannels, int outChannels, int latentChannels, List<Integer> blockOutChannels, int layersPerBlock,
    int normNumGroups, boolean midAttention, boolean quantConv, boolean postQuantConv, double scalingFactor)
    implements NetworkDefinition {

  private static final int MOST_BLOCKS = 8;
  private static final int WIDEST = 1 << 16;
  private static final double EPSILON = 1e-6;
  private static final Map<String, String> OLD_NAMES = Map.of(
      "query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

  public AutoencoderKL {
    blockOutChannels = List.copyOf(blockOutChannels);
  }

  /**
   * What to write a graph for.
   *
   * @param rows how many images at once; a name where it differs from call to call
   * @param height of the image for the encoder, of the latent for the decoder
   * @param width likewise
   */
  public record Options(Dim rows, long height, long width) {

    public Options {
      Objects.requireNonNull(rows);
    }

    /** Any number of this size. */
    public static Options of(long height, long width) {
      return new Options(Dim.of("B"), height, width);
    }
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static AutoencoderKL of(Config config) {
    config.word("_class_name", "AutoencoderKL");
    List<Integer> channels = config.wholes("block_out_channels", MOST_BLOCKS, 1, WIDEST);
    config.words("down_block_types", channels.size(), "DownEncoderBlock2D");
    config.words("up_block_types", channels.size(), "UpDecoderBlock2D");
    int groups = config.wholeOr("norm_num_groups", 32, 1, WIDEST);
    config.require(channels.stream().allMatch(width -> width % groups == 0), "block_out_channels",
        "multiples of norm_num_groups, " + groups);
    config.wordOr("act_fn", "silu", "silu", "swish");
    config.flagOr("force_upcast", true);
    config.absent("shift_factor", "latents_mean", "latents_std");
    AutoencoderKL vae = new AutoencoderKL(config.wholeOr("in_channels", 3, 1, WIDEST), config.wholeOr("out_channels", 3, 1, WIDEST),
        config.wholeOr("latent_channels", 4, 1, WIDEST), channels, config.wholeOr("layers_per_block", 1, 1, 16), groups,
        config.flagOr("mid_block_add_attention", true), config.flagOr("use_quant_conv", true),
        config.flagOr("use_post_quant_conv", true), config.numberOr("scaling_factor", 0.18215, 1e-6, 1e6));
    config.check();
    return vae;
  }

  /** How many pixels a latent's place stands for along each axis: 8 with four blocks. */
  public int factor() {
    return 1 << (blockOutChannels.size() - 1);
  }

  /** Those of both halves. */
  @Override
  public List<NamedType> weights() {
    Map<String, NamedType> weights = new LinkedHashMap<>();
    encoder(Options.of(factor(), factor())).weights().forEach(weight -> weights.put(weight.name(), weight));
    decoder(Options.of(1, 1)).weights().forEach(weight -> weights.put(weight.name(), weight));
    return List.copyOf(weights.values());
  }

  /** Older libraries called the parts of attention otherwise. */
  @Override
  public String currentName(String stored) {
    String[] parts = stored.split("\\.");
    boolean ofAttention = parts.length == 6 && parts[1].equals("mid_block") && parts[2].equals("attentions");
    if (!ofAttention || !OLD_NAMES.containsKey(parts[4])) {
      return stored;
    }
    parts[4] = OLD_NAMES.get(parts[4]);
    return String.join(".", parts);
  }

  /**
   * Images to latents. Input {@code sample} FLOAT {@code [B, inChannels, H, W]} in [-1, 1]; output {@code latent_parameters} FLOAT
   * {@code [B, 2 latentChannels, H/8, W/8]}: means, then logarithms of variances, which are to be clamped to [-30, 20].
   *
   * @throws RequestFault where height or width is less than {@link #factor()}
   */
  public Graph encoder(Options options) {
    requireAtLeast(factor(), options);
    GraphBuilder g = GraphBuilder.create();
    Tensor sample = g.input("sample", ElementType.FLOAT, shape(options, inChannels));
    g.output("latent_parameters", parameters(g, sample));
    return g.build();
  }

  /** What {@link #encoder} gives, within a graph that goes on with it; images {@code [B, inChannels, H, W]}. */
  public Tensor parameters(GraphBuilder g, Tensor sample) {
    Tensor y = encode(g.in("encoder"), sample);
    return quantConv ? g.in("quant_conv").conv(y, 2L * latentChannels, 1, 1, 0) : y;
  }

  private Tensor encode(GraphBuilder g, Tensor sample) {
    Tensor x = g.in("conv_in").conv(sample, blockOutChannels.getFirst(), 3, 1, 1);
    int last = blockOutChannels.size() - 1;
    for (int b = 0; b <= last; b++) {
      GraphBuilder block = g.in("down_blocks." + b);
      x = resnets(block, x, blockOutChannels.get(b), layersPerBlock);
      x = b < last ? Sampling.halvedFromTheStart(block.block("downsamplers.0"), x) : x;
    }
    x = middle(g.in("mid_block"), x);
    x = g.silu(g.in("conv_norm_out").groupNorm(x, normNumGroups, EPSILON));
    return g.in("conv_out").conv(x, 2L * latentChannels, 3, 1, 1);
  }

  /**
   * Latents to images. Input {@code latent_sample} FLOAT {@code [B, latentChannels, h, w]}; output {@code sample} FLOAT
   * {@code [B, outChannels, 8h, 8w]}, in [-1, 1] but for what overshoots.
   */
  public Graph decoder(Options options) {
    requireAtLeast(1, options);
    GraphBuilder g = GraphBuilder.create();
    Tensor latent = g.input("latent_sample", ElementType.FLOAT, shape(options, latentChannels));
    g.output("sample", picture(g, latent));
    return g.build();
  }

  /** What {@link #decoder} gives, within a graph that goes on with it; latents {@code [B, latentChannels, h, w]}. */
  public Tensor picture(GraphBuilder g, Tensor latent) {
    Tensor x = postQuantConv ? g.in("post_quant_conv").conv(latent, latentChannels, 1, 1, 0) : latent;
    return decode(g.in("decoder"), x);
  }

  private Tensor decode(GraphBuilder g, Tensor latent) {
    List<Integer> channels = blockOutChannels.reversed();
    Tensor x = g.in("conv_in").conv(latent, channels.getFirst(), 3, 1, 1);
    x = middle(g.in("mid_block"), x);
    int last = channels.size() - 1;
    for (int b = 0; b <= last; b++) {
      GraphBuilder block = g.in("up_blocks." + b);
      x = resnets(block, x, channels.get(b), layersPerBlock + 1);
      x = b < last ? Sampling.doubled(block.block("upsamplers.0"), x) : x;
    }
    x = g.silu(g.in("conv_norm_out").groupNorm(x, normNumGroups, EPSILON));
    return g.in("conv_out").conv(x, outChannels, 3, 1, 1);
  }

  private Tensor resnets(GraphBuilder g, Tensor input, int channels, int count) {
    Tensor x = input;
    for (int j = 0; j < count; j++) {
      x = new ResnetBlock(channels, normNumGroups, EPSILON).of(g.block("resnets." + j), x);
    }
    return x;
  }

  private Tensor middle(GraphBuilder g, Tensor x) {
    ResnetBlock resnet = new ResnetBlock(blockOutChannels.getLast(), normNumGroups, EPSILON);
    Tensor y = resnet.of(g.block("resnets.0"), x);
    y = midAttention ? attention(g.block("attentions.0"), y) : y;
    return resnet.of(g.block("resnets.1"), y);
  }

  /** One head over all places, beside a shortcut. */
  private Tensor attention(GraphBuilder g, Tensor x) {
    long width = x.size(1);
    Tensor h = g.swapLastAxes(g.reshape(g.in("group_norm").groupNorm(x, normNumGroups, EPSILON), 0, 0, -1));
    Tensor q = g.in("to_q").linear(h, width, true);
    Tensor k = g.in("to_k").linear(h, width, true);
    Tensor v = g.in("to_v").linear(h, width, true);
    Tensor y = g.in("to_out.0").linear(g.attention(q, k, v, 1), width, true);
    return g.add(x, g.reshape(g.swapLastAxes(y), x.shape()));
  }

  private static Shape shape(Options options, int channels) {
    return Shape.of(options.rows(), Dim.of(channels), Dim.of(options.height()), Dim.of(options.width()));
  }

  private static void requireAtLeast(int least, Options options) {
    if (options.height() < least || options.width() < least) {
      throw new RequestFault("A height of %d and a width of %d are too small for this autoencoder; give at least %d".formatted(
          options.height(), options.width(), least));
    }
  }
}
