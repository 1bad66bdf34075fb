package org.answerprint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.answerprint.diffusion.DepthRange;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Tensor;
import org.answerprint.networks.DptDepth;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.PictureSheet;
import org.answerprint.pictures.Resampling;
import org.answerprint.weights.Tensors;

/**
 * Depth from Toybox pictures: true nearness brought to 0..1 picture by picture, as a denoiser is given it but for a factor. Mean
 * absolute error, and half of that of differences between neighbouring pixels. Every picture is seen at the network's own size,
 * whatever its shape, as it is in use.
 *
 * @param depth the network
 * @param sizes of the pictures, in turn row by row
 * @param rows pictures of a step
 * @param seed of the pictures
 */
public record DepthLesson(DptDepth depth, List<Size> sizes, int rows, long seed) implements Lesson {

  private static final double EDGES = 0.5;
  /** Where the last layer begins, so that what it gives is not cut off at 0 from the start. */
  private static final String LAST_BIAS = "head.head.4.bias";
  private static final float MIDDLE = 0.3f;
  private static final int SHOWN = 10;

  public DepthLesson {
    sizes = List.copyOf(sizes);
  }

  /** A picture as the network sees it, and what it is to find. */
  private record Pair(float[] pixels, float[] nearness) {}

  @Override
  public List<Graph> graphs() {
    Graph network = depth.graph(new DptDepth.Options(Dim.of(rows), depth.imageSize(), depth.imageSize()));
    GraphBuilder g = GraphBuilder.extending(network.withOutputs());
    Tensor found = network.output("predicted_depth");
    Tensor error = g.subtract(found, g.input("nearness", ElementType.FLOAT, found.shape()));
    Tensor absolute = g.meanOfAll(g.absolute(error));
    Tensor edges = Edges.of(g, error, 1, 2);
    g.output(LOSS, g.add(absolute, g.multiply(edges, EDGES)));
    g.output("absolute", absolute);
    return List.of(g.build());
  }

  @Override
  public float[] initial(NamedType weight, long weightSeed) {
    return weight.name().equals(LAST_BIAS) ? new float[] {MIDDLE} : InitialWeights.of(weight, weightSeed);
  }

  @Override
  public Batch batch(long step) {
    List<Pair> pairs = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Size size = sizes.get(row % sizes.size());
      pairs.add(pair(ToyPicture.toLearnFrom(seed, step * rows + row, size.width(), size.height())));
    }
    return Batch.of(0, Map.of("pixel_values", Rows.joined(pairs.stream().map(Pair::pixels).toList()),
        "nearness", Rows.joined(pairs.stream().map(Pair::nearness).toList())));
  }

  private Pair pair(ToyPicture picture) {
    int width = picture.picture().width();
    int height = picture.picture().height();
    int side = depth.imageSize();
    float[] nearness = Resampling.BILINEAR.resize(picture.nearness(), 1, width, height, side, side);
    float[] range = nearness == picture.nearness() ? nearness.clone() : nearness;
    DepthRange.normalise(range, range.length);
    for (int i = 0; i < range.length; i++) {
      range[i] = (range[i] + 1) / 2;
    }
    return new Pair(Resampling.BILINEAR.resize(picture.picture().planes(), 3, width, height, side, side), range);
  }

  @Override
  public void draw(Tensors weights, Path file) {
    Size size = sizes.getLast();
    Size seen = new Size(depth.imageSize(), depth.imageSize());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < SHOWN; i++) {
      pairs.add(pair(ToyPicture.heldOut(i, size.width(), size.height())));
    }
    Graph graph = depth.graph(new DptDepth.Options(Dim.of(SHOWN), seen.height(), seen.width()));
    float[] found = Rows.run(graph, weights, Map.of("pixel_values", Rows.joined(pairs.stream().map(Pair::pixels).toList())));
    PictureSheet.write(file, List.of(
        Rows.pictures(Rows.joined(pairs.stream().map(Pair::pixels).toList()), seen),
        grey(Rows.joined(pairs.stream().map(Pair::nearness).toList()), seen), grey(found, seen)));
  }

  private static List<Picture> grey(float[] maps, Size size) {
    int length = size.width() * size.height();
    List<Picture> pictures = new ArrayList<>();
    for (int from = 0; from < maps.length; from += length) {
      float[] map = Arrays.copyOfRange(maps, from, from + length);
      for (int i = 0; i < length; i++) {
        map[i] = 2 * map[i] - 1;
      }
      pictures.add(new Picture(size.width(), size.height(), Rows.joined(List.of(map, map, map))));
    }
    return pictures;
  }
}
