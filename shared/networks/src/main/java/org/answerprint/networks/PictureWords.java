package org.answerprint.networks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/**
 * A small captioner of our own: convolutions that halve a picture, the mean and the largest of each channel over all places, and
 * for each gap of a sentence a choice among words.
 *
 * @param imageSize height and width of the pictures that it was trained on
 * @param blockOutChannels of the convolutions
 * @param normNumGroups of every group normalisation
 * @param choices the words for each gap
 * @param sentence with a gap, {@code {}}, for each choice
 */
public record PictureWords(int imageSize, List<Integer> blockOutChannels, int normNumGroups, List<List<String>> choices, String sentence)
    implements NetworkDefinition {

  private static final int MOST = 64;
  private static final int WIDEST = 1 << 12;
  private static final double EPSILON = 1e-5;
  private static final String GAP = "{}";

  public PictureWords {
    blockOutChannels = List.copyOf(blockOutChannels);
    choices = choices.stream().map(List::copyOf).toList();
  }

  /** Reads a {@code config.json}. @throws RequestFault that names each field that is wrong, or not implemented */
  public static PictureWords of(Config config) {
    config.word("_class_name", "PictureWords");
    List<Integer> channels = config.wholes("block_out_channels", 8, 1, WIDEST);
    int groups = config.whole("norm_num_groups", 1, WIDEST);
    config.require(channels.stream().allMatch(width -> width % groups == 0), "block_out_channels",
        "multiples of norm_num_groups, " + groups);
    int size = config.whole("image_size", 1, WIDEST);
    config.require(size >> channels.size() >= 1, "image_size", "at least " + (1 << channels.size()));
    List<List<String>> choices = config.texts("choices", MOST).stream().map(words -> List.of(words.strip().split(" +"))).toList();
    String sentence = config.texts("sentence", 1).getFirst();
    config.require(sentence.split("\\{}", -1).length - 1 == choices.size(), "sentence", "a sentence with a gap, {}, for each choice");
    PictureWords words = new PictureWords(size, channels, groups, choices, sentence);
    config.check();
    return words;
  }

  /** How many words there are to choose from, over all gaps. */
  public int words() {
    return choices.stream().mapToInt(List::size).sum();
  }

  @Override
  public List<NamedType> weights() {
    return graph(Dim.of("B")).weights();
  }

  /**
   * The forward pass. Input {@code pixel_values} FLOAT {@code [B, 3, imageSize, imageSize]}, in -1..1; output {@code logits} FLOAT
   * {@code [B, words]}: those of the first gap, of the second, and so on.
   */
  public Graph graph(Dim rows) {
    GraphBuilder g = GraphBuilder.create();
    Tensor pixels = g.input("pixel_values", ElementType.FLOAT, Shape.of(rows, Dim.of(3), Dim.of(imageSize), Dim.of(imageSize)));
    g.output("logits", logits(g, pixels));
    return g.build();
  }

  /** What {@link #graph} gives, within a graph that goes on with it. */
  public Tensor logits(GraphBuilder g, Tensor pixels) {
    Tensor x = pixels;
    for (int block = 0; block < blockOutChannels.size(); block++) {
      GraphBuilder place = g.block("blocks." + block);
      x = place.in("conv").conv(x, blockOutChannels.get(block), 3, 2, 1);
      x = place.silu(place.in("norm").groupNorm(x, normNumGroups, EPSILON));
    }
    Tensor mean = g.mean(x, 2, 3);
    Tensor largest = g.reshape(g.maxPool(x, new long[] {x.size(2), x.size(3)}, Window.of(1, 0)), 0, -1);
    return g.in("head").linear(g.concat(1, mean, largest), words(), true);
  }

  /** The sentence of one picture: the likeliest word for every gap. */
  public String sentence(float[] logits) {
    if (logits.length != words()) {
      throw new IllegalArgumentException("%d logits for %d words".formatted(logits.length, words()));
    }
    String filled = sentence;
    int from = 0;
    for (List<String> words : choices) {
      float[] part = Arrays.copyOfRange(logits, from, from + words.size());
      int best = IntStream.range(0, part.length).reduce((a, b) -> part[b] > part[a] ? b : a).orElseThrow();
      int gap = filled.indexOf(GAP);
      filled = filled.substring(0, gap) + words.get(best) + filled.substring(gap + GAP.length());
      from += words.size();
    }
    return filled;
  }
}
