package org.answerprint.networks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * The denoiser of Stable Diffusion 1.x and 2.x (Hugging Face's UNet2DConditionModel): an encoder that halves the image between
 * its blocks, a middle, and a decoder that doubles it again and takes the encoder's results in at each layer. A timestep shifts
 * every resnet, and a text is attended to by every transformer.
 *
 * @param inChannels of the latent and what stands beside it: 4, 5 with depth, 9 with a mask and a masked image
 * @param outChannels of the prediction
 * @param blockOutChannels of the encoder's blocks; the decoder has them in reverse
 * @param downAttention which encoder blocks have transformers
 * @param upAttention which decoder blocks have transformers
 * @param layersPerBlock resnets of each encoder block; the decoder has one more
 * @param transformerLayersPerBlock layers of each transformer, by encoder block
 * @param attentionHeads the number of heads by encoder block, which the config calls {@code attention_head_dim}
 * @param crossAttentionDim width of the text's tokens
 * @param useLinearProjection see {@link SpatialTransformer}
 * @param normNumGroups of every group normalisation
 * @param normEps of every group normalisation outside the transformers
 * @param time how a timestep comes in
 */
public record UNet2DCondition(int inChannels, int outChannels, List<Integer> blockOutChannels, List<Boolean> downAttention,
    List<Boolean> upAttention, List<Integer> layersPerBlock, List<Integer> transformerLayersPerBlock, List<Integer> attentionHeads,
    int crossAttentionDim, boolean useLinearProjection, int normNumGroups, double normEps, TimeEmbedding time)
    implements NetworkDefinition {

  private static final int MOST_BLOCKS = 8;
  private static final int WIDEST = 1 << 16;

  public UNet2DCondition {
    blockOutChannels = List.copyOf(blockOutChannels);
    downAttention = List.copyOf(downAttention);
    upAttention = List.copyOf(upAttention);
    layersPerBlock = List.copyOf(layersPerBlock);
    transformerLayersPerBlock = List.copyOf(transformerLayersPerBlock);
    attentionHeads = List.copyOf(attentionHeads);
    Objects.requireNonNull(time);
    int blocks = blockOutChannels.size();
    if (List.of(downAttention, upAttention, layersPerBlock, transformerLayersPerBlock, attentionHeads).stream()
        .anyMatch(list -> list.size() != blocks)) {
      throw new IllegalArgumentException("a UNet of " + blocks + " blocks has as many entries in each of its lists");
    }
  }

  /**
   * What to write a graph for.
   *
   * @param rows how many images at once; a name where it differs from call to call
   * @param height of the latent
   * @param width of the latent
   * @param ported ids of the layers with an attention port; see {@link #attentionLayers}
   * @param tokens of a text, as its encoder gives them
   */
  public record Options(Dim rows, long height, long width, Set<String> ported, int tokens) {

    /** Tokens of a text of CLIP. */
    public static final int CLIP_TOKENS = 77;

    public Options {
      Objects.requireNonNull(rows);
      ported = Set.copyOf(ported);
    }

    /** Any number of images of this latent size, no ports, texts of {@link #CLIP_TOKENS}. */
    public static Options of(long height, long width) {
      return new Options(Dim.of("B"), height, width, Set.of(), CLIP_TOKENS);
    }

    /** The same for this number of images. */
    public Options rows(long count) {
      return new Options(Dim.of(count), height, width, ported, tokens);
    }

    /** The same with a port at each of these layers. */
    public Options porting(Set<String> ids) {
      return new Options(rows, height, width, ids, tokens);
    }

    /** The same for texts of so many tokens. */
    public Options ofTokens(int count) {
      return new Options(rows, height, width, ported, count);
    }
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static UNet2DCondition of(Config config) {
    config.word("_class_name", "UNet2DConditionModel");
    List<Integer> channels = config.wholes("block_out_channels", MOST_BLOCKS, 2, WIDEST);
    int blocks = channels.size();
    List<String> down = config.words("down_block_types", blocks, "CrossAttnDownBlock2D", "DownBlock2D");
    List<String> up = config.words("up_block_types", blocks, "CrossAttnUpBlock2D", "UpBlock2D");
    List<Integer> heads = config.wholePerBlock("attention_head_dim", 8, blocks, 1, WIDEST);
    int groups = config.wholeOr("norm_num_groups", 32, 1, WIDEST);
    int freqShift = config.wholeOr("freq_shift", 0, 0, 1);
    refuseWhatIsNotImplemented(config);
    config.require(channels.stream().allMatch(width -> width % groups == 0), "block_out_channels",
        "multiples of norm_num_groups, " + groups);
    config.require(channels.getFirst() % 2 == 0 && channels.getFirst() / 2 > freqShift, "block_out_channels",
        "a list that begins with an even number above 2");
    config.require(IntStream.range(0, blocks).allMatch(i -> channels.get(i) % heads.get(i) == 0), "attention_head_dim",
        "a number of heads that divides the block's channels, " + channels);
    UNet2DCondition unet = new UNet2DCondition(config.wholeOr("in_channels", 4, 1, WIDEST), config.wholeOr("out_channels", 4, 1, WIDEST),
        channels, down.stream().map("CrossAttnDownBlock2D"::equals).toList(), up.stream().map("CrossAttnUpBlock2D"::equals).toList(),
        config.wholePerBlock("layers_per_block", 2, blocks, 1, 16),
        config.wholePerBlock("transformer_layers_per_block", 1, blocks, 1, 16), heads,
        config.wholeOr("cross_attention_dim", 1280, 1, WIDEST), config.flagOr("use_linear_projection", false), groups,
        config.numberOr("norm_eps", 1e-5, 0, 1), timeEmbedding(config, channels.getFirst(), freqShift));
    config.check();
    return unet;
  }

  private static TimeEmbedding timeEmbedding(Config config, int width, int freqShift) {
    boolean possible = width % 2 == 0 && width / 2 > freqShift;
    return new TimeEmbedding(possible ? width : 4, config.flagOr("flip_sin_to_cos", true), freqShift);
  }

  /** Each of these fields asks for another network; {@code dropout} and {@code upcast_attention} do nothing to a FLOAT forward pass. */
  private static void refuseWhatIsNotImplemented(Config config) {
    config.wordOr("act_fn", "silu", "silu", "swish");
    config.wordOr("mid_block_type", "UNetMidBlock2DCrossAttn", "UNetMidBlock2DCrossAttn");
    config.flagOr("upcast_attention", false);
    config.numberOr("dropout", 0, 0, 1);
    config.only("time_embedding_type", "positional");
    config.only("resnet_time_scale_shift", "default");
    config.only("attention_type", "default");
    config.only("downsample_padding", 1);
    config.only("mid_block_scale_factor", 1);
    config.only("resnet_out_scale_factor", 1);
    config.only("conv_in_kernel", 3);
    config.only("conv_out_kernel", 3);
    for (String flag : List.of("center_input_sample", "only_cross_attention", "mid_block_only_cross_attention",
        "dual_cross_attention", "resnet_skip_time_act", "class_embeddings_concat")) {
      config.only(flag, false);
    }
    config.absent("num_attention_heads", "addition_embed_type", "class_embed_type", "num_class_embeds",
        "projection_class_embeddings_input_dim", "encoder_hid_dim", "encoder_hid_dim_type", "cross_attention_norm",
        "time_embedding_dim", "time_embedding_act_fn", "time_cond_proj_dim", "timestep_post_act",
        "reverse_transformer_layers_per_block");
  }

  /** The self-attention layers in the order of the forward pass. */
  public List<AttentionLayer> attentionLayers() {
    List<AttentionLayer> layers = new ArrayList<>();
    int last = blockOutChannels.size() - 1;
    for (int b = 0; b <= last; b++) {
      for (int j = 0; downAttention.get(b) && j < layersPerBlock.get(b); j++) {
        layers.add(layer("d%da%d".formatted(b, j), "down_blocks.%d.attentions.%d".formatted(b, j), b));
      }
    }
    layers.add(layer("m", "mid_block.attentions.0", last));
    for (int b = 0; b <= last; b++) {
      for (int j = 0; upAttention.get(b) && j < layersPerBlock.get(last - b) + 1; j++) {
        layers.add(layer("u%da%d".formatted(b, j), "up_blocks.%d.attentions.%d".formatted(b, j), last - b));
      }
    }
    return layers;
  }

  private AttentionLayer layer(String id, String path, int level) {
    return new AttentionLayer(id, path, level, blockOutChannels.get(level), attentionHeads.get(level));
  }

  /** The ids of the decoder's layers: those that methods open unless they say otherwise. */
  public Set<String> decoderLayers() {
    return attentionLayers().stream().filter(AttentionLayer::isDecoder).map(AttentionLayer::id).collect(Collectors.toSet());
  }

  @Override
  public List<NamedType> weights() {
    long smallest = 1L << (blockOutChannels.size() - 1);
    return graph(Options.of(smallest, smallest)).weights();
  }

  /**
   * The forward pass. Inputs: {@code sample} FLOAT {@code [B, inChannels, h, w]}, {@code timestep} FLOAT without axes,
   * {@code encoder_hidden_states} FLOAT {@code [B, tokens, crossAttentionDim]}, and those of the ports; output {@code out_sample}
   * FLOAT {@code [B, outChannels, h, w]}, and those of the ports.
   *
   * @throws RequestFault where a layer to be ported is not there
   */
  public Graph graph(Options options) {
    requireLayers(options.ported());
    GraphBuilder g = GraphBuilder.create();
    Tensor sample = g.input("sample", ElementType.FLOAT,
        Shape.of(options.rows(), Dim.of(inChannels), Dim.of(options.height()), Dim.of(options.width())));
    Tensor timestep = g.input("timestep", ElementType.FLOAT, Shape.SCALAR);
    Tensor text = g.input("encoder_hidden_states", ElementType.FLOAT,
        Shape.of(options.rows(), Dim.of(options.tokens()), Dim.of(crossAttentionDim)));
    g.output("out_sample", prediction(g, sample, timestep, text, new AttentionPorts(options.ported(), options.rows())));
    return g.build();
  }

  /**
   * The prediction for rows of different timesteps, within a graph that goes on with it.
   *
   * @param sample {@code [B, inChannels, h, w]}
   * @param timesteps {@code [B, 1]}
   * @param text {@code [B, any, crossAttentionDim]}
   * @return {@code [B, outChannels, h, w]}
   */
  public Tensor prediction(GraphBuilder g, Tensor sample, Tensor timesteps, Tensor text) {
    return prediction(g, sample, timesteps, text, new AttentionPorts(Set.of(), sample.dim(0)));
  }

  private Tensor prediction(GraphBuilder g, Tensor sample, Tensor timestep, Tensor text, AttentionPorts ports) {
    Pass pass = new Pass(this, time.of(g.in("time_embedding"), timestep), text, ports);
    Tensor x = g.in("conv_in").conv(sample, blockOutChannels.getFirst(), 3, 1, 1);
    Deque<Tensor> skips = new ArrayDeque<>(List.of(x));
    int last = blockOutChannels.size() - 1;
    for (int b = 0; b <= last; b++) {
      x = pass.down(g.in("down_blocks." + b), x, b, skips);
    }
    x = pass.middle(g.in("mid_block"), x);
    for (int b = 0; b <= last; b++) {
      x = pass.up(g.in("up_blocks." + b), x, b, skips);
    }
    x = g.silu(g.in("conv_norm_out").groupNorm(x, normNumGroups, normEps));
    return g.in("conv_out").conv(x, outChannels, 3, 1, 1);
  }

  private void requireLayers(Set<String> ported) {
    List<String> known = attentionLayers().stream().map(AttentionLayer::id).toList();
    ported.stream().filter(id -> !known.contains(id)).sorted().findFirst().ifPresent(id -> {
      throw new RequestFault("There is no attention layer %s in this UNet to open; name some of %s".formatted(id, known));
    });
  }

  /** What all blocks of one forward pass share. */
  private record Pass(UNet2DCondition unet, Tensor time, Tensor text, AttentionPorts ports) {

    /** Resnets and transformers whose results are kept for the decoder, then half the size except in the last block. */
    Tensor down(GraphBuilder g, Tensor input, int block, Deque<Tensor> skips) {
      Tensor x = input;
      for (int j = 0; j < unet.layersPerBlock.get(block); j++) {
        x = resnet(g, x, j, block);
        x = unet.downAttention.get(block) ? transformer(g, x, j, block, "d%da%d".formatted(block, j)) : x;
        skips.push(x);
      }
      if (block < unet.blockOutChannels.size() - 1) {
        x = Sampling.halved(g.block("downsamplers.0"), x);
        skips.push(x);
      }
      return x;
    }

    Tensor middle(GraphBuilder g, Tensor input) {
      int level = unet.blockOutChannels.size() - 1;
      Tensor x = resnet(g, input, 0, level);
      x = transformer(g, x, 0, level, "m");
      return resnet(g, x, 1, level);
    }

    /** As many layers and one, each taking in the encoder's last result that is left, then double the size except in the last block. */
    Tensor up(GraphBuilder g, Tensor input, int block, Deque<Tensor> skips) {
      int level = unet.blockOutChannels.size() - 1 - block;
      Tensor x = input;
      for (int j = 0; j < unet.layersPerBlock.get(level) + 1; j++) {
        x = resnet(g, g.concat(1, x, skips.pop()), j, level);
        x = unet.upAttention.get(block) ? transformer(g, x, j, level, "u%da%d".formatted(block, j)) : x;
      }
      return level == 0 ? x
          : Sampling.enlarged(g.block("upsamplers.0"), x, skips.element().size(2), skips.element().size(3));
    }

    private Tensor resnet(GraphBuilder g, Tensor x, int number, int level) {
      return new ResnetBlock(unet.blockOutChannels.get(level), unet.normNumGroups, unet.normEps)
          .of(g.block("resnets." + number), x, time);
    }

    /** The port is at the first of a transformer's layers. */
    private Tensor transformer(GraphBuilder g, Tensor x, int number, int level, String id) {
      return new SpatialTransformer(unet.attentionHeads.get(level), unet.transformerLayersPerBlock.get(level), unet.normNumGroups,
          unet.useLinearProjection).of(g.block("attentions." + number), x, text, layer -> layer == 0 ? ports.of(id) : AttentionPort.CLOSED);
    }
  }
}
