package org.answerprint.networks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * The denoiser of ModelScope and ZeroScope (Hugging Face's UNet3DConditionModel): a UNet for images in which each resnet is
 * followed by convolutions along time, and each transformer by one along time.
 *
 * @param inChannels of the latents
 * @param outChannels of the prediction
 * @param blockOutChannels of the encoder's blocks; the decoder has them in reverse
 * @param downAttention which encoder blocks have transformers
 * @param upAttention which decoder blocks have transformers
 * @param layersPerBlock resnets of each encoder block; the decoder has one more
 * @param headWidth channels of every attention's heads. The config calls it {@code attention_head_dim}, and unlike in the UNets
 *     for images that is what it is
 * @param crossAttentionDim width of the text's tokens
 * @param normNumGroups of every group normalisation
 * @param normEps of the resnets' group normalisations and the last one
 * @param midScale by which the middle's resnets are divided
 */
public record UNet3DCondition(int inChannels, int outChannels, List<Integer> blockOutChannels, List<Boolean> downAttention,
    List<Boolean> upAttention, int layersPerBlock, int headWidth, int crossAttentionDim, int normNumGroups, double normEps,
    double midScale) implements NetworkDefinition {

  private static final int MOST_BLOCKS = 8;
  private static final int WIDEST = 1 << 16;
  /** The first transformer has so many heads whatever its width. */
  private static final int FIRST_HEADS = 8;
  private static final String SAMPLE = "sample";

  public UNet3DCondition {
    blockOutChannels = List.copyOf(blockOutChannels);
    downAttention = List.copyOf(downAttention);
    upAttention = List.copyOf(upAttention);
    int blocks = blockOutChannels.size();
    if (downAttention.size() != blocks || upAttention.size() != blocks) {
      throw new IllegalArgumentException("a UNet of " + blocks + " blocks has as many entries in each of its lists");
    }
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static UNet3DCondition of(Config config) {
    config.word("_class_name", "UNet3DConditionModel");
    config.absent("num_attention_heads", "time_cond_proj_dim");
    config.wordOr("act_fn", "silu", "silu", "swish");
    config.only("downsample_padding", 1);
    List<Integer> channels = config.wholes("block_out_channels", MOST_BLOCKS, 2, WIDEST);
    int blocks = channels.size();
    int groups = config.wholeOr("norm_num_groups", 32, 1, WIDEST);
    int headWidth = config.wholeOr("attention_head_dim", 64, 1, WIDEST);
    config.require(channels.stream().allMatch(width -> width % groups == 0 && width % headWidth == 0), "block_out_channels",
        "multiples of norm_num_groups, %d, and of attention_head_dim, %d".formatted(groups, headWidth));
    config.require(channels.getFirst() % 2 == 0, "block_out_channels", "a list that begins with an even number");
    List<String> down = config.words("down_block_types", blocks, "CrossAttnDownBlock3D", "DownBlock3D");
    List<String> up = config.words("up_block_types", blocks, "CrossAttnUpBlock3D", "UpBlock3D");
    UNet3DCondition unet = new UNet3DCondition(config.wholeOr("in_channels", 4, 1, WIDEST),
        config.wholeOr("out_channels", 4, 1, WIDEST), channels,
        down.stream().map("CrossAttnDownBlock3D"::equals).toList(), up.stream().map("CrossAttnUpBlock3D"::equals).toList(),
        config.wholeOr("layers_per_block", 2, 1, 16), headWidth, config.wholeOr("cross_attention_dim", 1024, 1, WIDEST), groups,
        config.numberOr("norm_eps", 1e-5, 0, 1), config.numberOr("mid_block_scale_factor", 1, 1e-3, 1e3));
    config.check();
    return unet;
  }

  /** The output that holds a self-attention's keys, {@code [B F, T, C]}, not parted into heads. */
  public static String keys(String layer) {
    return "self_keys." + layer;
  }

  /** The input that holds the gradient with respect to a self-attention's keys. */
  public static String keysGradient(String layer) {
    return "grad_self_keys." + layer;
  }

  /** Whether a layer, by its path, works along time: methods train those apart from the others. */
  public static boolean isTemporal(String path) {
    return path.startsWith("transformer_in.") || path.contains(".temp_attentions.") || path.contains(".temp_convs.");
  }

  /** The self-attentions over an image, in the order of the forward pass. */
  public List<AttentionLayer> attentionLayers() {
    List<AttentionLayer> layers = new ArrayList<>();
    int last = blockOutChannels.size() - 1;
    for (int b = 0; b <= last; b++) {
      for (int j = 0; downAttention.get(b) && j < layersPerBlock; j++) {
        layers.add(layer("d%da%d".formatted(b, j), "down_blocks.%d.attentions.%d".formatted(b, j), b));
      }
    }
    layers.add(layer("m", "mid_block.attentions.0", last));
    for (int b = 0; b <= last; b++) {
      for (int j = 0; upAttention.get(b) && j <= layersPerBlock; j++) {
        layers.add(layer("u%da%d".formatted(b, j), "up_blocks.%d.attentions.%d".formatted(b, j), last - b));
      }
    }
    return layers;
  }

  private AttentionLayer layer(String id, String path, int level) {
    int channels = blockOutChannels.get(level);
    return new AttentionLayer(id, path, level, channels, channels / headWidth);
  }

  /** The ids of the decoder's layers: those whose keys methods compare unless they say otherwise. */
  public Set<String> decoderLayers() {
    return attentionLayers().stream().filter(AttentionLayer::isDecoder).map(AttentionLayer::id).collect(Collectors.toSet());
  }

  @Override
  public List<NamedType> weights() {
    long smallest = 1L << (blockOutChannels.size() - 1);
    return graph(ClipSize.of(1, 1, smallest, smallest), Set.of()).weights();
  }

  /**
   * The forward pass. Inputs, all FLOAT: {@code sample} {@code [B, inChannels, F, h, w]}; {@code timestep} without axes;
   * {@code encoder_hidden_states} {@code [B, 77, crossAttentionDim]}; {@code temporal_mask} {@code [F, F]}, added to the scaled
   * scores of every attention along time (0 where frame i sees frame j, far below 0 elsewhere); {@code temporal_gate} without
   * axes, by which what the convolutions along time add is multiplied (1, or 0 to pass them by). Outputs: {@code out_sample}
   * {@code [B, outChannels, F, h, w]}, and {@code self_keys.{id}} {@code [B F, T, C]} of the layers asked for.
   *
   * @param layers ids of {@link #attentionLayers}
   * @throws RequestFault where there is no such layer
   */
  public Graph graph(ClipSize size, Set<String> layers) {
    requireLayers(layers);
    Pass pass = new Pass(size);
    layers.stream().sorted().forEach(layer -> pass.g.output(keys(layer), pass.keys.get(layer)));
    return pass.g.build();
  }

  /** The keys of these layers alone: what comes after the last of them is not computed. */
  public Graph features(ClipSize size, Set<String> layers) {
    return graph(size, layers).withOutputs(layers.stream().sorted().map(UNet3DCondition::keys).toArray(String[]::new));
  }

  /**
   * The keys of these layers, and {@code grad_sample} {@code [B, inChannels, F, h, w]}: the vector-Jacobian product with respect
   * to the sample of what comes in as {@code grad_self_keys.{id}}. Whatever loss the host makes of the keys can so be followed
   * back.
   */
  public Graph gradient(ClipSize size, Set<String> layers, Recompute recompute) {
    Graph features = features(size, layers);
    GraphBuilder g = GraphBuilder.extending(features);
    Map<Tensor, Tensor> incoming = new LinkedHashMap<>();
    for (String layer : layers.stream().sorted().toList()) {
      Tensor keys = features.output(keys(layer));
      incoming.put(keys, g.input(keysGradient(layer), keys.element(), keys.shape()));
    }
    g.output("grad_sample", g.gradient(incoming, List.of(features.input(SAMPLE)), recompute).getFirst());
    return g.build();
  }

  private void requireLayers(Set<String> layers) {
    List<String> known = attentionLayers().stream().map(AttentionLayer::id).toList();
    layers.stream().filter(id -> !known.contains(id)).sorted().findFirst().ifPresent(id -> {
      throw new RequestFault("There is no attention layer %s in this UNet; name some of %s".formatted(id, known));
    });
  }

  /** One writing of the graph. */
  private final class Pass {

    final GraphBuilder g = GraphBuilder.create();
    final Map<String, Tensor> keys = new LinkedHashMap<>();
    private final ClipSize size;
    private final Tensor time;
    private final Tensor text;
    private final Tensor mask;
    private final Tensor gate;
    private final Deque<Tensor> skips = new ArrayDeque<>();

    Pass(ClipSize size) {
      this.size = size;
      Tensor sample = g.input(SAMPLE, ElementType.FLOAT, size.clip(inChannels));
      Tensor timestep = g.input("timestep", ElementType.FLOAT, Shape.SCALAR);
      Tensor states = g.input("encoder_hidden_states", ElementType.FLOAT, size.text(crossAttentionDim));
      mask = g.input("temporal_mask", ElementType.FLOAT, Shape.of(size.frames(), size.frames()));
      gate = g.input("temporal_gate", ElementType.FLOAT, Shape.SCALAR);
      time = new TimeEmbedding(blockOutChannels.getFirst(), true, 0).of(g.in("time_embedding"), timestep);
      text = size.forEachFrame(g, states);
      g.output("out_sample", size.clip(g, denoised(size.images(g, sample))));
    }

    private Tensor denoised(Tensor images) {
      Tensor x = g.in("conv_in").conv(images, blockOutChannels.getFirst(), 3, 1, 1);
      x = new TemporalTransformer(FIRST_HEADS, (long) FIRST_HEADS * headWidth, normNumGroups)
          .of(g.block("transformer_in"), size, x, mask);
      skips.push(x);
      int last = blockOutChannels.size() - 1;
      for (int b = 0; b <= last; b++) {
        x = down(g.in("down_blocks." + b), x, b);
      }
      x = middle(g.in("mid_block"), x);
      for (int b = 0; b <= last; b++) {
        x = up(g.in("up_blocks." + b), x, b);
      }
      x = g.silu(g.in("conv_norm_out").groupNorm(x, normNumGroups, normEps));
      return g.in("conv_out").conv(x, outChannels, 3, 1, 1);
    }

    /** Layers whose results are kept for the decoder, then half the size except in the last block. */
    private Tensor down(GraphBuilder g, Tensor images, int block) {
      Tensor x = images;
      for (int j = 0; j < layersPerBlock; j++) {
        x = convolved(g, j, x, block);
        x = downAttention.get(block) ? transformed(g, j, x, "d%da%d".formatted(block, j)) : x;
        skips.push(x);
      }
      if (block < blockOutChannels.size() - 1) {
        x = Sampling.halved(g.block("downsamplers.0"), x);
        skips.push(x);
      }
      return x;
    }

    private Tensor middle(GraphBuilder g, Tensor images) {
      int level = blockOutChannels.size() - 1;
      Tensor x = alongTime(g, 0, scaled(g, resnet(g, 0, images, level)));
      x = transformed(g, 0, x, "m");
      return alongTime(g, 1, scaled(g, resnet(g, 1, x, level)));
    }

    private Tensor scaled(GraphBuilder g, Tensor x) {
      return midScale == 1 ? x : g.divide(x, midScale);
    }

    /** One layer more, each taking in the encoder's last result that is left, then double the size except in the last block. */
    private Tensor up(GraphBuilder g, Tensor images, int block) {
      int level = blockOutChannels.size() - 1 - block;
      Tensor x = images;
      for (int j = 0; j <= layersPerBlock; j++) {
        x = convolved(g, j, g.concat(1, x, skips.pop()), level);
        x = upAttention.get(block) ? transformed(g, j, x, "u%da%d".formatted(block, j)) : x;
      }
      return level == 0 ? x
          : Sampling.enlarged(g.block("upsamplers.0"), x, skips.element().size(2), skips.element().size(3));
    }

    private Tensor convolved(GraphBuilder g, int number, Tensor images, int level) {
      return alongTime(g, number, resnet(g, number, images, level));
    }

    private Tensor resnet(GraphBuilder g, int number, Tensor images, int level) {
      return new ResnetBlock(blockOutChannels.get(level), normNumGroups, normEps).of(g.block("resnets." + number), images, time);
    }

    private Tensor alongTime(GraphBuilder g, int number, Tensor images) {
      return new TemporalConvolutions(normNumGroups).of(g.block("temp_convs." + number), size, images, gate);
    }

    private Tensor transformed(GraphBuilder g, int number, Tensor images, String id) {
      long channels = images.size(1);
      int heads = Math.toIntExact(channels / headWidth);
      AttentionPort port = new AttentionPort() {
        @Override
        public void keys(GraphBuilder at, Tensor shown) {
          keys.put(id, shown);
        }
      };
      Tensor x = new SpatialTransformer(heads, 1, normNumGroups, true)
          .of(g.block("attentions." + number), images, text, layer -> port);
      return new TemporalTransformer(heads, channels, normNumGroups).of(g.block("temp_attentions." + number), size, x, mask);
    }
  }
}
