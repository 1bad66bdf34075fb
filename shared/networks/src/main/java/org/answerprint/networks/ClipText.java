package org.answerprint.networks;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
 * The text encoder of Stable Diffusion (Hugging Face's CLIPTextModel): embeddings of tokens and places, transformer layers in
 * which a token sees itself and those before it, and a last layer normalisation.
 *
 * @param vocabSize how many tokens there are
 * @param maxPositions how many tokens a text has, 77
 * @param hiddenSize width of a token
 * @param intermediateSize width inside a layer's feed-forward part
 * @param layers that the weights hold
 * @param heads of each attention
 * @param activation of the feed-forward part
 * @param layerNormEps of every layer normalisation
 * @param endOfText the id of the token whose last state stands for the whole text; 2 means the largest id there is, as in the
 *     configs of OpenAI's models, which name a wrong id
 */
public record ClipText(int vocabSize, int maxPositions, int hiddenSize, int intermediateSize, int layers, int heads,
    Activation activation, double layerNormEps, int endOfText) implements NetworkDefinition {

  private static final int WIDEST = 1 << 16;
  private static final int LEGACY_END_OF_TEXT = 2;
  /** Large enough that its exponential is 0, small enough for half precision. */
  private static final double NEVER = -1e4;
  private static final String OLD_PREFIX = "text_model.";

  /** The function of the feed-forward part. */
  public enum Activation { QUICK_GELU, GELU }

  public ClipText {
    Objects.requireNonNull(activation);
  }

  /**
   * What to write a graph for.
   *
   * @param rows how many texts at once; a name where it differs from call to call
   * @param skippedLayers how many of the last layers are left out: 1 takes the penultimate layer's states. Files in the layout of
   *     Stable Diffusion 2 hold one layer less already, and want 0
   */
  public record Options(Dim rows, int skippedLayers) {

    /** Any number of texts, all layers. */
    public static final Options ALL_LAYERS = new Options(Dim.of("B"), 0);

    public Options {
      Objects.requireNonNull(rows);
    }

    /** The same without so many of the last layers. */
    public Options skipping(int count) {
      return new Options(rows, count);
    }
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static ClipText of(Config config) {
    config.wordOr("model_type", "clip_text_model", "clip_text_model");
    int hidden = config.whole("hidden_size", 1, WIDEST);
    int heads = config.whole("num_attention_heads", 1, WIDEST);
    config.require(hidden % heads == 0, "num_attention_heads", "a divisor of hidden_size, " + hidden);
    String activation = config.wordOr("hidden_act", "quick_gelu", "quick_gelu", "gelu");
    ClipText text = new ClipText(config.wholeOr("vocab_size", 49408, 1, 1 << 20), config.wholeOr("max_position_embeddings", 77, 1, 4096),
        hidden, config.whole("intermediate_size", 1, WIDEST), config.whole("num_hidden_layers", 1, 256), heads,
        activation.equals("gelu") ? Activation.GELU : Activation.QUICK_GELU, config.numberOr("layer_norm_eps", 1e-5, 0, 1),
        config.wholeOr("eos_token_id", 49407, 0, 1 << 20));
    config.check();
    return text;
  }

  @Override
  public List<NamedType> weights() {
    return graph(Options.ALL_LAYERS).weights();
  }

  /** Older libraries put the whole model one module deeper. */
  @Override
  public String currentName(String stored) {
    return stored.startsWith(OLD_PREFIX) ? stored.substring(OLD_PREFIX.length()) : stored;
  }

  @Override
  public boolean ignores(String currentName) {
    return currentName.equals("embeddings.position_ids");
  }

  /**
   * The forward pass. Input {@code input_ids} INT64 {@code [B, maxPositions]}; outputs {@code last_hidden_state} FLOAT
   * {@code [B, maxPositions, hiddenSize]}, after the last layer normalisation, and {@code pooler_output} {@code [B, hiddenSize]},
   * its row of the end of text.
   *
   * @throws RequestFault where no layer would be left
   */
  public Graph graph(Options options) {
    if (options.skippedLayers() < 0 || options.skippedLayers() >= layers) {
      throw new RequestFault("A text encoder of %d layers cannot do without %d of them; skip from 0 to %d".formatted(
          layers, options.skippedLayers(), layers - 1));
    }
    GraphBuilder g = GraphBuilder.create();
    Tensor ids = g.input("input_ids", ElementType.INT64, Shape.of(options.rows(), Dim.of(maxPositions)));
    Tensor x = states(g, ids, options.skippedLayers());
    g.output("last_hidden_state", x);
    g.output("pooler_output", pooled(g, x, ids));
    return g.build();
  }

  /** The last hidden states, within a graph that goes on with them; ids {@code [B, maxPositions]}. */
  public Tensor states(GraphBuilder g, Tensor ids) {
    return states(g, ids, 0);
  }

  private Tensor states(GraphBuilder g, Tensor ids, int skippedLayers) {
    Tensor x = g.add(g.in("embeddings.token_embedding").embedding(ids, vocabSize, hiddenSize),
        g.in("embeddings.position_embedding").weight("weight", maxPositions, hiddenSize));
    Tensor mask = causalMask(g);
    for (int i = 0; i < layers - skippedLayers; i++) {
      x = layer(g.block("encoder.layers." + i), x, mask);
    }
    return g.in("final_layer_norm").layerNorm(x, layerNormEps);
  }

  private Tensor layer(GraphBuilder g, Tensor x, Tensor mask) {
    Tensor y = g.add(x, attention(g.in("self_attn"), g.in("layer_norm1").layerNorm(x, layerNormEps), mask));
    Tensor h = g.in("layer_norm2").layerNorm(y, layerNormEps);
    h = activated(g, g.in("mlp.fc1").linear(h, intermediateSize, true));
    return g.add(y, g.in("mlp.fc2").linear(h, hiddenSize, true));
  }

  private Tensor attention(GraphBuilder g, Tensor x, Tensor mask) {
    Tensor q = g.in("q_proj").linear(x, hiddenSize, true);
    Tensor k = g.in("k_proj").linear(x, hiddenSize, true);
    Tensor v = g.in("v_proj").linear(x, hiddenSize, true);
    return g.in("out_proj").linear(g.attention(q, k, v, heads, mask), hiddenSize, true);
  }

  private Tensor activated(GraphBuilder g, Tensor x) {
    return switch (activation) {
      case QUICK_GELU -> g.quickGelu(x);
      case GELU -> g.gelu(x);
    };
  }

  /** {@code [T, T]}: row t lets tokens 0 to t through. */
  private Tensor causalMask(GraphBuilder g) {
    double[] mask = new double[maxPositions * maxPositions];
    for (int row = 0; row < maxPositions; row++) {
      Arrays.fill(mask, row * maxPositions + row + 1, (row + 1) * maxPositions, NEVER);
    }
    return g.constant(ElementType.FLOAT, Shape.of(maxPositions, maxPositions), mask);
  }

  /** The states {@code [B, D]} at the first end of text of each row, picked by a product with ones and zeros. */
  private Tensor pooled(GraphBuilder g, Tensor states, Tensor ids) {
    Tensor marks = endOfText == LEGACY_END_OF_TEXT ? ids : g.equal(ids, g.integers(endOfText));
    Tensor place = g.argMax(g.cast(marks, ElementType.FLOAT), 1);
    Tensor places = g.integers(IntStream.range(0, maxPositions).asLongStream().toArray());
    Tensor picked = g.cast(g.equal(g.unsqueeze(place, -1), places), ElementType.FLOAT);
    return g.squeeze(g.matMul(g.unsqueeze(picked, 1), states), 1);
  }
}
