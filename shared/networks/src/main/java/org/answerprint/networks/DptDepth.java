package org.answerprint.networks;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Interpolation;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/**
 * Depth from one picture: DPT-hybrid (Ranftl and others, 2021; Hugging Face's DPTForDepthEstimation over a BiT backbone), the
 * depth estimator of Stable Diffusion 2. A convolutional backbone gives tokens to a transformer; two of its stages and two of
 * the transformer's layers are four maps, which are fused from the coarsest to the finest.
 *
 * @param hiddenSize width of a token
 * @param layers of the transformer
 * @param heads of each attention
 * @param intermediateSize width inside a layer's feed-forward part
 * @param layerNormEps of every layer normalisation
 * @param qkvBias whether queries, keys and values have a bias
 * @param taken the two layers of the transformer whose results are maps
 * @param imageSize height and width of the pictures that it was trained on
 * @param neckHiddenSizes channels of the four maps before they are brought to one width
 * @param reassembleFactors by which each map is enlarged; the first two stay as they are
 * @param fusionHiddenSize the one width
 * @param fusionBias whether the convolutions of the fusion have a bias
 * @param projection whether the head begins with a convolution of its own
 */
public record DptDepth(int hiddenSize, int layers, int heads, int intermediateSize, double layerNormEps, boolean qkvBias,
    List<Integer> taken, int imageSize, List<Integer> neckHiddenSizes, List<Double> reassembleFactors, int fusionHiddenSize,
    boolean fusionBias, boolean projection, BitBackbone backbone) implements NetworkDefinition {

  private static final int WIDEST = 1 << 16;
  /** The backbone brings pictures down by this much, and a token stands for one place of its result. */
  private static final int PATCH = 16;
  private static final int MAPS = 4;
  private static final int PROJECTED = 256;

  public DptDepth {
    taken = List.copyOf(taken);
    neckHiddenSizes = List.copyOf(neckHiddenSizes);
    reassembleFactors = List.copyOf(reassembleFactors);
  }

  /**
   * What to write a graph for.
   *
   * @param rows how many pictures at once; a name where it differs from call to call
   * @param height of the pictures, a multiple of 16
   * @param width of the pictures, a multiple of 16
   */
  public record Options(Dim rows, long height, long width) {

    public Options {
      if (height < PATCH || height % PATCH != 0 || width < PATCH || width % PATCH != 0) {
        throw new RequestFault("Depth is found in pictures whose sides are multiples of %d, not %d x %d; resize them first."
            .formatted(PATCH, width, height));
      }
    }
  }

  /** Any number of pictures of the size that it was trained on. */
  public Options trained() {
    return new Options(Dim.of("B"), imageSize, imageSize);
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static DptDepth of(Config config) {
    config.only("model_type", "dpt");
    config.require(config.flagOr("is_hybrid", false), "is_hybrid", "true");
    config.only("patch_size", PATCH);
    config.only("num_channels", 3);
    config.only("hidden_act", "gelu");
    config.only("readout_type", "project");
    config.only("use_batch_norm_in_fusion_residual", false);
    config.absent("backbone");
    int head = config.wholeOr("head_in_index", -1, -MAPS, MAPS - 1);
    config.require(head == -1 || head == MAPS - 1, "head_in_index", "-1");
    config.require(wholesOr(config, "neck_ignore_stages", List.of(0, 1)).equals(List.of(0, 1)), "neck_ignore_stages", "[0, 1]");
    BitBackbone backbone = BitBackbone.of(config.part("backbone_config"));
    List<Integer> map = wholesOr(config, "backbone_featmap_shape", List.of(1, 1024, 24, 24));
    config.require(map.size() == MAPS && map.get(1).equals(backbone.hiddenSizes().getLast()), "backbone_featmap_shape",
        "four numbers, the second of them the channels of the last stage, " + backbone.hiddenSizes().getLast());
    int hidden = config.wholeOr("hidden_size", 768, 1, WIDEST);
    int heads = config.wholeOr("num_attention_heads", 12, 1, WIDEST);
    config.require(hidden % heads == 0, "num_attention_heads", "a divisor of hidden_size, " + hidden);
    int layers = config.wholeOr("num_hidden_layers", 12, 2, 256);
    int imageSize = config.wholeOr("image_size", 384, 2 * PATCH, 1 << 14);
    config.require(imageSize % PATCH == 0, "image_size", "a multiple of patch_size, " + PATCH);
    int fusion = config.wholeOr("fusion_hidden_size", 256, 2, WIDEST);
    boolean projection = config.flagOr("add_projection", false);
    config.require(!projection || fusion == PROJECTED, "fusion_hidden_size", PROJECTED + " with add_projection");
    DptDepth dpt = new DptDepth(hidden, layers, heads, config.wholeOr("intermediate_size", 3072, 1, WIDEST),
        config.numberOr("layer_norm_eps", 1e-12, 0, 1), config.flagOr("qkv_bias", true), taken(config, layers), imageSize,
        neck(config, backbone), factors(config), fusion, config.flagOr("use_bias_in_fusion_residual", true), projection, backbone);
    config.check();
    return dpt;
  }

  private static List<Integer> wholesOr(Config config, String field, List<Integer> absent) {
    return config.has(field) ? config.wholes(field, 8, 0, WIDEST) : absent;
  }

  /** The first two indices stand for the backbone's stages, whatever they say. */
  private static List<Integer> taken(Config config, int layers) {
    List<Integer> indices = wholesOr(config, "backbone_out_indices", List.of(2, 5, 8, 11));
    List<Integer> taken = indices.stream().skip(2).distinct().sorted().toList();
    config.require(indices.size() == MAPS && taken.size() == 2 && taken.getLast() < layers, "backbone_out_indices",
        "four numbers, the last two of them different and below num_hidden_layers, " + layers);
    return taken;
  }

  private static List<Integer> neck(Config config, BitBackbone backbone) {
    List<Integer> neck = wholesOr(config, "neck_hidden_sizes", List.of(96, 192, 384, 768));
    List<Integer> first = backbone.hiddenSizes().stream().limit(2).toList();
    config.require(neck.size() == MAPS && neck.subList(0, 2).equals(first) && neck.stream().allMatch(width -> width > 0),
        "neck_hidden_sizes", "four numbers above 0 that begin with the channels of the backbone's first two stages, " + first);
    return neck;
  }

  private static List<Double> factors(Config config) {
    List<Double> factors = config.has("reassemble_factors") ? config.numbers("reassemble_factors", MAPS, 0.0625, 16)
        : List.of(4.0, 2.0, 1.0, 0.5);
    boolean fine = factors.stream().allMatch(factor -> factor < 1 || factor == Math.rint(factor));
    config.require(fine && factors.size() == MAPS, "reassemble_factors", "four numbers, those above 1 whole");
    return factors;
  }

  /** {@inheritDoc} Also those that the reference has and never reads. */
  @Override
  public List<NamedType> weights() {
    Emission emission = new Emission(trained());
    for (int i = 0; i < emission.idle.size(); i++) {
      emission.builder.output("idle." + i, emission.idle.get(i));
    }
    return emission.builder.build().weights();
  }

  /**
   * The forward pass. Input {@code pixel_values} FLOAT {@code [B, 3, H, W]}, in -1..1; output {@code predicted_depth} FLOAT
   * {@code [B, H, W]} (sides rounded up to multiples of 32), larger where things are nearer, without a unit. At another size than
   * the trained one positions are resized to it.
   */
  public Graph graph(Options options) {
    return new Emission(options).builder.build();
  }

  /** One writing of the graph. */
  private final class Emission {

    final GraphBuilder builder = GraphBuilder.create();
    final List<Tensor> idle = new ArrayList<>();
    private final long rows;
    private final long columns;

    Emission(Options options) {
      this.rows = options.height() / PATCH;
      this.columns = options.width() / PATCH;
      Shape shape = Shape.of(options.rows(), Dim.of(3), Dim.of(options.height()), Dim.of(options.width()));
      Tensor pixels = builder.input("pixel_values", ElementType.FLOAT, shape);
      Tensor depth = head(builder.in("head"), fused(builder.in("neck"), maps(builder.in("dpt"), pixels)));
      builder.output("predicted_depth", builder.squeeze(depth, 1));
    }

    /** Two of the backbone's stages as they are, and two of the transformer's layers as tokens {@code [B, 1 + h w, C]}. */
    private List<Tensor> maps(GraphBuilder g, Tensor pixels) {
      List<Tensor> stages = backbone.stages(g.in("embeddings.backbone.bit"), pixels);
      List<Tensor> maps = new ArrayList<>(stages.subList(0, 2));
      Tensor tokens = embedded(g.in("embeddings"), stages.getLast());
      for (int layer = 0; layer < layers; layer++) {
        tokens = layer(g.block("encoder.layer." + layer), tokens);
        if (taken.contains(layer)) {
          maps.add(tokens);
        }
      }
      idle.add(g.in("layernorm").layerNorm(tokens, layerNormEps));
      return maps;
    }

    private Tensor embedded(GraphBuilder g, Tensor features) {
      Tensor patches = tokens(g, g.in("projection").conv(features, hiddenSize, 1, 1, 0));
      Tensor first = g.weight("cls_token", 1, 1, hiddenSize);
      Shape one = Shape.of(patches.dim(0), Dim.of(1), Dim.of(hiddenSize));
      return g.add(g.concat(1, g.expand(first, one), patches), positions(g));
    }

    private Tensor positions(GraphBuilder g) {
      long grid = imageSize / PATCH;
      Tensor learned = g.weight("position_embeddings", 1, 1 + grid * grid, hiddenSize);
      if (rows == grid && columns == grid) {
        return learned;
      }
      List<Tensor> parts = g.split(learned, 1, 1, grid * grid);
      Tensor resized = g.resize(map(g, parts.getLast(), grid, grid), Interpolation.LINEAR, rows, columns);
      return g.concat(1, parts.getFirst(), tokens(g, resized));
    }

    private Tensor layer(GraphBuilder g, Tensor x) {
      Tensor n = g.in("layernorm_before").layerNorm(x, layerNormEps);
      GraphBuilder attention = g.in("attention.attention");
      Tensor a = g.attention(attention.in("query").linear(n, hiddenSize, qkvBias),
          attention.in("key").linear(n, hiddenSize, qkvBias),
          attention.in("value").linear(n, hiddenSize, qkvBias), heads);
      Tensor h = g.add(x, g.in("attention.output.dense").linear(a, hiddenSize, true));
      Tensor wide = g.in("intermediate.dense").linear(g.in("layernorm_after").layerNorm(h, layerNormEps), intermediateSize, true);
      return g.add(h, g.in("output.dense").linear(g.gelu(wide), hiddenSize, true));
    }

    private Tensor fused(GraphBuilder g, List<Tensor> maps) {
      List<Tensor> features = new ArrayList<>();
      for (int i = 0; i < maps.size(); i++) {
        Tensor map = i < 2 ? maps.get(i) : reassembled(g.in("reassemble_stage"), i, maps.get(i));
        features.add(g.in("convs." + i).conv(map, fusionHiddenSize, new long[] {3, 3}, Window.of(1, 1), false));
      }
      GraphBuilder coarsest = g.in("fusion_stage.layers.0");
      idle.add(residual(coarsest.in("residual_layer1"), features.getLast()));
      Tensor x = enlarged(coarsest, features.getLast());
      for (int layer = 1; layer < features.size(); layer++) {
        GraphBuilder place = g.in("fusion_stage.layers." + layer);
        Tensor map = fitted(place, features.get(features.size() - 1 - layer), x);
        x = enlarged(place, place.add(x, residual(place.in("residual_layer1"), map)));
      }
      return x;
    }

    /** Tokens as a map: each joined with the first token, brought to the map's channels, and resized. */
    private Tensor reassembled(GraphBuilder g, int index, Tensor tokens) {
      List<Tensor> parts = g.split(tokens, 1, 1, rows * columns);
      Tensor joint = g.concat(2, parts.getLast(), g.expand(parts.getFirst(), parts.getLast().shape()));
      GraphBuilder readout = g.in("readout_projects." + index);
      Tensor read = readout.gelu(readout.in("0").linear(joint, hiddenSize, true));
      GraphBuilder layer = g.in("layers." + index);
      long channels = neckHiddenSizes.get(index);
      Tensor projected = layer.in("projection").conv(map(g, read, rows, columns), channels, 1, 1, 0);
      return resized(layer.in("resize"), projected, reassembleFactors.get(index));
    }

    private Tensor resized(GraphBuilder g, Tensor x, double factor) {
      if (factor == 1) {
        return x;
      }
      if (factor < 1) {
        return g.conv(x, x.size(1), 3, (long) (1 / factor), 1);
      }
      long times = (long) factor;
      Tensor weight = g.weight("weight", x.size(1), x.size(1), times, times);
      return g.convTranspose(x, weight, Window.of(times, 0), List.of(0L, 0L), 1, g.weight("bias", x.size(1)));
    }

    private Tensor fitted(GraphBuilder g, Tensor map, Tensor to) {
      boolean fits = map.dim(2).equals(to.dim(2)) && map.dim(3).equals(to.dim(3));
      return fits ? map : g.resize(map, Interpolation.LINEAR, to.size(2), to.size(3));
    }

    private Tensor enlarged(GraphBuilder g, Tensor x) {
      return g.in("projection").conv(twice(g, residual(g.in("residual_layer2"), x)), fusionHiddenSize, 1, 1, 0);
    }

    private Tensor residual(GraphBuilder g, Tensor x) {
      Window window = Window.of(1, 1);
      Tensor h = g.in("convolution1").conv(g.relu(x), fusionHiddenSize, new long[] {3, 3}, window, fusionBias);
      return g.add(x, g.in("convolution2").conv(g.relu(h), fusionHiddenSize, new long[] {3, 3}, window, fusionBias));
    }

    private Tensor head(GraphBuilder g, Tensor x) {
      Tensor begun = projection ? g.relu(g.in("projection").conv(x, PROJECTED, 3, 1, 1)) : x;
      Tensor h = twice(g, g.in("head.0").conv(begun, fusionHiddenSize / 2, 3, 1, 1));
      return g.relu(g.in("head.4").conv(g.relu(g.in("head.2").conv(h, 32, 3, 1, 1)), 1, 1, 1, 0));
    }

    private static Tensor twice(GraphBuilder g, Tensor x) {
      return g.resize(x, Interpolation.LINEAR_ALIGNED, 2 * x.size(2), 2 * x.size(3));
    }

    private static Tensor tokens(GraphBuilder g, Tensor map) {
      return g.transpose(g.reshape(map, 0, 0, -1), 0, 2, 1);
    }

    private static Tensor map(GraphBuilder g, Tensor tokens, long rows, long columns) {
      return g.reshape(g.transpose(tokens, 0, 2, 1), 0, 0, rows, columns);
    }
  }
}
