package org.answerprint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.answerprint.diffusion.Noise;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.PictureSheet;
import org.answerprint.weights.Tensors;

/**
 * An autoencoder of Toybox pictures: mean absolute error, half of that of differences between neighbouring pixels, and a little
 * of the latents' Kullback-Leibler divergence from normal ones. Errors on the object, which is small and of which texts speak,
 * count four times. Sizes come in turn, step by step.
 *
 * @param vae the network
 * @param sizes of the pictures; their sides are multiples of the network's factor
 * @param rows pictures of a step
 * @param seed of pictures and noise
 */
public record VaeLesson(AutoencoderKL vae, List<Size> sizes, int rows, long seed) implements Lesson {

  private static final double EDGES = 0.5;
  private static final double DIVERGENCE = 1e-4;
  private static final double LEAST_LOG_VARIANCE = -30;
  private static final double GREATEST_LOG_VARIANCE = 20;
  /** A layer that keeps the variance of what goes through it has numbers larger by this than PyTorch's begin. */
  private static final double KEEPING = Math.sqrt(3);
  private static final float FIRST_LOG_VARIANCE = -6;
  /** What an error on the object counts more than one elsewhere. */
  private static final float OBJECT = 3;
  private static final int SHOWN = 10;

  public VaeLesson {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<Graph> graphs() {
    return sizes.stream().map(this::graph).toList();
  }

  /**
   * Inputs: {@code sample} {@code [B, 3, H, W]} in -1..1; {@code weight} {@code [B, 1, H, W]}, what errors count; and {@code noise}
   * {@code [B, C, h, w]}, normal.
   */
  private Graph graph(Size size) {
    GraphBuilder g = GraphBuilder.create();
    Tensor sample = g.input("sample", ElementType.FLOAT, rows, vae.inChannels(), size.height(), size.width());
    Tensor noise = g.input("noise", ElementType.FLOAT, rows, vae.latentChannels(), size.height() / vae.factor(),
        size.width() / vae.factor());
    List<Tensor> parameters = g.chunk(vae.parameters(g, sample), 1, 2);
    Tensor logVariance = g.smaller(g.larger(parameters.getLast(), g.scalar(ElementType.FLOAT, LEAST_LOG_VARIANCE)),
        g.scalar(ElementType.FLOAT, GREATEST_LOG_VARIANCE));
    Tensor latent = g.add(parameters.getFirst(), g.multiply(noise, g.exp(g.multiply(logVariance, 0.5))));
    Tensor error = g.subtract(vae.picture(g, latent), sample);
    Tensor weighted = g.multiply(error, g.input("weight", ElementType.FLOAT, rows, 1, size.height(), size.width()));
    Tensor edges = Edges.of(g, weighted, 2, 3);
    Tensor divergence = divergence(g, parameters.getFirst(), logVariance);
    g.output(LOSS, g.add(g.add(g.meanOfAll(g.absolute(weighted)), g.multiply(edges, EDGES)), g.multiply(divergence, DIVERGENCE)));
    g.output("absolute", g.meanOfAll(g.absolute(error)));
    g.output("divergence", divergence);
    return g.build();
  }

  /** The mean over all elements of (mean^2 + variance - 1 - log variance) / 2. */
  private static Tensor divergence(GraphBuilder g, Tensor mean, Tensor logVariance) {
    Tensor spread = g.subtract(g.exp(logVariance), g.add(logVariance, 1));
    return g.multiply(g.meanOfAll(g.add(g.square(mean), spread)), 0.5);
  }

  /** Kernels that keep variance, and latents with so little noise at first that the decoder has something to go by. */
  @Override
  public float[] initial(NamedType weight, long weightSeed) {
    float[] values = InitialWeights.of(weight, weightSeed);
    if (weight.name().equals("quant_conv.bias")) {
      Arrays.fill(values, vae.latentChannels(), values.length, FIRST_LOG_VARIANCE);
    } else if (weight.type().shape().rank() > 1) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) KEEPING;
      }
    }
    return values;
  }

  @Override
  public Batch batch(long step) {
    int turn = Math.toIntExact(step % sizes.size());
    Size size = sizes.get(turn);
    List<float[]> pictures = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      ToyPicture drawn = ToyPicture.toLearnFrom(seed, step * rows + row, size.width(), size.height());
      pictures.add(drawn.picture().planes());
      weights.add(Rows.oneAnd(OBJECT, drawn.object()));
    }
    int places = size.width() / vae.factor() * (size.height() / vae.factor());
    float[] noise = Noise.ofSeed(seed).stream(step).draw(rows * vae.latentChannels() * places);
    return Batch.of(turn, Map.of("sample", Rows.joined(pictures), "weight", Rows.joined(weights), "noise", noise));
  }

  @Override
  public void draw(Tensors weights, Path picture) {
    Size size = sizes.getLast();
    Shape shape = Shape.of(Dim.of(SHOWN), Dim.of(vae.inChannels()), Dim.of(size.height()), Dim.of(size.width()));
    GraphBuilder g = GraphBuilder.create();
    Tensor sample = g.input("sample", ElementType.FLOAT, shape);
    Tensor means = g.chunk(vae.parameters(g, sample), 1, 2).getFirst();
    g.output("sample_again", vae.picture(g, means));
    List<Picture> sources = Stream.iterate(0L, n -> n + 1).limit(SHOWN)
        .map(n -> ToyPicture.heldOut(n, size.width(), size.height()).picture()).toList();
    float[] again = Rows.run(g.build(), weights, Map.of("sample", Rows.joined(sources.stream().map(Picture::planes).toList())));
    PictureSheet.write(picture, List.of(sources, Rows.pictures(again, size)));
  }
}
