package org.answerprint.networks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * The denoiser of SEINE (Chen and others, 2023), in the public code's names: Stable Diffusion 1.4's UNet over the frames of a
 * clip, with an attention along time in every transformer block, and with resnets whose normalisations run over all frames. It
 * fills in frames that are not known: beside the latent stand a mask, 1 where a frame is to be generated, and the latents of the
 * masked clip.
 *
 * @param inChannels 9: latent, mask, masked latent
 * @param outChannels of the prediction
 * @param blockOutChannels of the encoder's blocks; the decoder has them in reverse
 * @param downAttention which encoder blocks have transformers
 * @param upAttention which decoder blocks have transformers
 * @param layersPerBlock resnets of each encoder block; the decoder has one more
 * @param attentionHeads the number of heads by encoder block, which the config calls {@code attention_head_dim}
 * @param crossAttentionDim width of the text's tokens
 * @param useLinearProjection see {@link SpatialTransformer}
 * @param normNumGroups of every group normalisation
 * @param normEps of every group normalisation outside the transformers
 * @param time how a timestep comes in
 */
public record SeineUNet(int inChannels, int outChannels, List<Integer> blockOutChannels, List<Boolean> downAttention,
    List<Boolean> upAttention, int layersPerBlock, List<Integer> attentionHeads, int crossAttentionDim,
    boolean useLinearProjection, int normNumGroups, double normEps, TimeEmbedding time) implements NetworkDefinition {

  private static final int MOST_BLOCKS = 8;
  private static final int WIDEST = 1 << 16;
  /** Of each head's channels, so many turn with the frame's number. */
  private static final int ROTATED = 32;
  /** A table that the public code has and never reads. */
  private static final String UNUSED = "time_rel_pos_bias.relative_attention_bias.weight";

  public SeineUNet {
    blockOutChannels = List.copyOf(blockOutChannels);
    downAttention = List.copyOf(downAttention);
    upAttention = List.copyOf(upAttention);
    attentionHeads = List.copyOf(attentionHeads);
    Objects.requireNonNull(time);
    int blocks = blockOutChannels.size();
    if (List.of(downAttention, upAttention, attentionHeads).stream().anyMatch(list -> list.size() != blocks)) {
      throw new IllegalArgumentException("a UNet of " + blocks + " blocks has as many entries in each of its lists");
    }
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static SeineUNet of(Config config) {
    config.word("_class_name", "SeineUNet3D");
    refuseWhatIsNotImplemented(config);
    List<Integer> channels = config.wholes("block_out_channels", MOST_BLOCKS, 2, WIDEST);
    int blocks = channels.size();
    List<String> down = config.words("down_block_types", blocks, "CrossAttnDownBlock3D", "DownBlock3D");
    List<String> up = config.words("up_block_types", blocks, "CrossAttnUpBlock3D", "UpBlock3D");
    List<Integer> heads = config.wholePerBlock("attention_head_dim", 8, blocks, 1, WIDEST);
    int groups = config.wholeOr("norm_num_groups", 32, 1, WIDEST);
    int freqShift = config.wholeOr("freq_shift", 0, 0, 1);
    config.require(channels.stream().allMatch(width -> width % groups == 0), "block_out_channels",
        "multiples of norm_num_groups, " + groups);
    boolean even = channels.getFirst() % 2 == 0 && channels.getFirst() / 2 > freqShift;
    config.require(even, "block_out_channels", "a list that begins with an even number above 2");
    config.require(IntStream.range(0, blocks).allMatch(i -> channels.get(i) % heads.get(i) == 0
        && channels.get(i) / heads.get(i) >= ROTATED),
        "attention_head_dim", "a number of heads of equal width, %d or more, for each of %s".formatted(ROTATED, channels));
    SeineUNet unet = new SeineUNet(config.wholeOr("in_channels", 4, 1, WIDEST),
        config.wholeOr("out_channels", 4, 1, WIDEST), channels,
        down.stream().map("CrossAttnDownBlock3D"::equals).toList(), up.stream().map("CrossAttnUpBlock3D"::equals).toList(),
        config.wholeOr("layers_per_block", 2, 1, 16), heads, config.wholeOr("cross_attention_dim", 1280, 1, WIDEST),
        config.flagOr("use_linear_projection", false), groups, config.numberOr("norm_eps", 1e-5, 0, 1),
        new TimeEmbedding(even ? channels.getFirst() : 4, config.flagOr("flip_sin_to_cos", true), freqShift));
    config.check();
    return unet;
  }

  /**
   * The config of a denoiser that was grown from Stable Diffusion 1.x's, whose files have none of their own: the image UNet's, with
   * 9 channels in and blocks of clips.
   *
   * @param source what to call the image UNet's config in messages: its file
   * @return a {@code config.json} that {@link #of} reads
   * @throws org.answerprint.faults.RequestFault where the image UNet's config is wrong
   */
  public static String configGrownFrom(String source, String imageUNet) {
    UNet2DCondition.of(Config.parse(source, imageUNet));
    try {
      ObjectNode config = (ObjectNode) new ObjectMapper().readTree(imageUNet);
      for (String field : List.of("down_block_types", "up_block_types", "mid_block_type")) {
        if (config.has(field)) {
          config.set(field, new ObjectMapper().readTree(config.get(field).toString().replace("2D", "3D")));
        }
      }
      return config.put("_class_name", "SeineUNet3D").put("in_channels", 9).put("use_relative_position", true).toPrettyString();
    } catch (JsonProcessingException e) {
      throw new InternalFault("A config was read once and not again: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Each of these fields asks for another network; {@code use_relative_position} adds the table that is never read, while every
   * attention along time has one of its own.
   */
  private static void refuseWhatIsNotImplemented(Config config) {
    config.wordOr("act_fn", "silu", "silu", "swish");
    config.wordOr("mid_block_type", "UNetMidBlock3DCrossAttn", "UNetMidBlock3DCrossAttn");
    config.flagOr("use_relative_position", true);
    config.flagOr("upcast_attention", false);
    config.only("resnet_time_scale_shift", "default");
    config.only("downsample_padding", 1);
    config.only("mid_block_scale_factor", 1);
    for (String flag : List.of("center_input_sample", "only_cross_attention", "dual_cross_attention", "use_first_frame")) {
      config.only(flag, false);
    }
    config.absent("class_embed_type", "num_class_embeds");
  }

  @Override
  public List<NamedType> weights() {
    long smallest = 1L << (blockOutChannels.size() - 1);
    return graph(ClipSize.of(1, 1, smallest, smallest)).weights();
  }

  @Override
  public boolean ignores(String currentName) {
    return currentName.equals(UNUSED);
  }

  /**
   * The forward pass. Inputs, all FLOAT: {@code sample} {@code [B, inChannels, F, h, w]}, {@code timestep} without axes, and
   * {@code encoder_hidden_states} {@code [B, 77, crossAttentionDim]}; output {@code out_sample}
   * {@code [B, outChannels, F, h, w]}.
   */
  public Graph graph(ClipSize size) {
    GraphBuilder g = GraphBuilder.create();
    Tensor sample = g.input("sample", ElementType.FLOAT, size.clip(inChannels));
    Tensor timestep = g.input("timestep", ElementType.FLOAT, Shape.SCALAR);
    Tensor states = g.input("encoder_hidden_states", ElementType.FLOAT, size.text(crossAttentionDim));
    Tensor embedded = time.of(g.in("time_embedding"), timestep);
    Pass pass = new Pass(this, size, embedded, size.forEachFrame(g, states), new ArrayDeque<>());
    g.output("out_sample", size.clip(g, pass.denoised(g, size.images(g, sample))));
    return g.build();
  }

  /** What all blocks of one forward pass share. Frames are images, {@code [B F, C, h, w]}, wherever nothing else is said. */
  private record Pass(SeineUNet unet, ClipSize size, Tensor time, Tensor text, Deque<Tensor> skips) {

    Tensor denoised(GraphBuilder g, Tensor images) {
      Tensor x = g.in("conv_in").conv(images, unet.blockOutChannels.getFirst(), 3, 1, 1);
      skips.push(x);
      int last = unet.blockOutChannels.size() - 1;
      for (int b = 0; b <= last; b++) {
        x = down(g.in("down_blocks." + b), x, b);
      }
      x = middle(g.in("mid_block"), x);
      for (int b = 0; b <= last; b++) {
        x = up(g.in("up_blocks." + b), x, b);
      }
      x = g.silu(norm(g.in("conv_norm_out"), x));
      return g.in("conv_out").conv(x, unet.outChannels, 3, 1, 1);
    }

    /** Resnets and transformers whose results are kept for the decoder, then half the size except in the last block. */
    private Tensor down(GraphBuilder g, Tensor images, int block) {
      Tensor x = images;
      for (int j = 0; j < unet.layersPerBlock; j++) {
        x = resnet(g, j, x, block);
        x = unet.downAttention.get(block) ? transformer(g, j, x, block) : x;
        skips.push(x);
      }
      if (block < unet.blockOutChannels.size() - 1) {
        x = Sampling.halved(g.block("downsamplers.0"), x);
        skips.push(x);
      }
      return x;
    }

    private Tensor middle(GraphBuilder g, Tensor images) {
      int level = unet.blockOutChannels.size() - 1;
      return resnet(g, 1, transformer(g, 0, resnet(g, 0, images, level), level), level);
    }

    /** One layer more, each taking in the encoder's last result that is left, then double the size except in the last block. */
    private Tensor up(GraphBuilder g, Tensor images, int block) {
      int level = unet.blockOutChannels.size() - 1 - block;
      Tensor x = images;
      for (int j = 0; j <= unet.layersPerBlock; j++) {
        x = resnet(g, j, g.concat(1, x, skips.pop()), level);
        x = unet.upAttention.get(block) ? transformer(g, j, x, level) : x;
      }
      return level == 0 ? x
          : Sampling.enlarged(g.block("upsamplers.0"), x, skips.element().size(2), skips.element().size(3));
    }

    private Tensor resnet(GraphBuilder g, int number, Tensor images, int level) {
      return new ResnetBlock(unet.blockOutChannels.get(level), unet.normNumGroups, unet.normEps)
          .of(g.block("resnets." + number), images, time, this::norm);
    }

    /** Means run over all frames. */
    private Tensor norm(GraphBuilder g, Tensor images) {
      return size.images(g, g.groupNorm(size.clip(g, images), unet.normNumGroups, unet.normEps));
    }

    private Tensor transformer(GraphBuilder g, int number, Tensor images, int level) {
      int heads = unet.attentionHeads.get(level);
      return new SpatialTransformer(heads, 1, unet.normNumGroups, unet.useLinearProjection)
          .around(g.block("attentions." + number), images, (block, i, tokens) -> block(block, tokens, heads));
    }

    /** Each frame to itself, to the text, and each place to itself in all frames; then the feed-forward layer. */
    private Tensor block(GraphBuilder g, Tensor tokens, int heads) {
      CrossAttention attention = new CrossAttention(heads);
      Tensor h = normed(g, "norm1", tokens);
      Tensor y = g.add(tokens, attention.of(g.in("attn1"), h, h));
      y = g.add(y, attention.of(g.in("attn2"), normed(g, "norm2", y), text));
      y = g.add(y, framesOf(g, alongTime(g.in("attn_temp"), momentsOf(g, normed(g, "norm_temp", y)), heads)));
      return g.add(y, TransformerBlock.feedForward(g.in("ff.net"), normed(g, "norm3", y)));
    }

    private static Tensor normed(GraphBuilder g, String name, Tensor x) {
      return g.in(name).layerNorm(x, TransformerBlock.EPSILON);
    }

    private Tensor alongTime(GraphBuilder g, Tensor moments, int heads) {
      long width = moments.size(-1);
      RotaryEmbedding rotary = new RotaryEmbedding(ROTATED);
      Tensor q = rotary.of(g.in("rotary_emb"), g.in("to_q").linear(moments, width, false), heads);
      Tensor k = rotary.of(g.in("rotary_emb"), g.in("to_k").linear(moments, width, false), heads);
      Tensor v = g.in("to_v").linear(moments, width, false);
      Tensor bias = new RelativePositionBias(heads).of(g.in("time_rel_pos_bias"), Math.toIntExact(moments.size(1)));
      return g.in("to_out.0").linear(g.attention(q, k, v, heads, bias), width, true);
    }

    /** {@code [B F, T, C]} as {@code [B T, F, C]}. */
    private Tensor momentsOf(GraphBuilder g, Tensor tokens) {
      return swapped(g, tokens, Dim.of(size.frames()));
    }

    /** {@code [B T, F, C]} as {@code [B F, T, C]}. */
    private Tensor framesOf(GraphBuilder g, Tensor moments) {
      return swapped(g, moments, moments.dim(0).dividedBy(size.batch()).orElseThrow());
    }

    private Tensor swapped(GraphBuilder g, Tensor x, Dim inner) {
      Tensor apart = g.reshape(x, Shape.of(size.batch(), inner, x.dim(1), x.dim(2)));
      return g.reshape(g.swapAxes(apart, 1, 2), Shape.of(size.batch().times(x.dim(1)), inner, x.dim(2)));
    }
  }
}
