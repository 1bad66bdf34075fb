package org.answerprint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.answerprint.diffusion.DepthRange;
import org.answerprint.diffusion.Noise;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.pictures.Picture;
import org.answerprint.text.ClipTokenizer;
import org.answerprint.weights.Tensors;

/**
 * A denoiser that sees depth, and the text encoder that it listens to, learnt together: the noise in scaled latents of Toybox
 * pictures, weighted by min(SNR, 5) / SNR (Hang and others, 2023), under Stable Diffusion's schedule, and three times where the
 * object is, of which texts speak. Timesteps are drawn row by row. Weights are named {@code unet.…} and {@code text_encoder.…}. To be closed after the training.
 */
public final class UnetLesson implements Lesson, AutoCloseable {

  static final String UNET = "unet";
  static final String TEXT = "text_encoder";
  private static final double MOST_SIGNAL = 5;
  private static final double LEAST_RANGE = 0.75;
  /** What an error on the object counts more than one elsewhere. */
  private static final float OBJECT = 2;

  private final UNet2DCondition unet;
  private final ClipText text;
  private final AutoencoderKL vae;
  private final double scalingFactor;
  private final Latents latents;
  private final ClipTokenizer tokenizer;
  private final NoiseSchedule schedule;
  private final List<Size> sizes;
  private final int rows;
  private final long seed;
  private final Map<String, long[]> ids = new HashMap<>();
  private final UnetSheet sheet;

  /**
   * What the denoiser is made of.
   *
   * @param tokenizer the folder of its files
   * @param vaeWeights of the learnt autoencoder; they stay the caller's, to be closed later
   */
  public record Parts(UNet2DCondition unet, ClipText text, Path tokenizer, AutoencoderKL vae, Tensors vaeWeights) {}

  /**
   * The lesson.
   *
   * @param scalingFactor what latents are multiplied by, where a model has settled on that; else what brings them to deviation one
   * @param sizes of the pictures, in turn step by step
   * @param amounts of pictures
   * @param seed of pictures, captions, timesteps and noise
   */
  public UnetLesson(Parts parts, OptionalDouble scalingFactor, NoiseSchedule schedule, List<Size> sizes, Amounts amounts, long seed) {
    this.unet = parts.unet();
    this.text = parts.text();
    this.vae = parts.vae();
    this.schedule = schedule;
    this.sizes = List.copyOf(sizes);
    this.rows = amounts.unetRows();
    this.seed = seed;
    this.tokenizer = ClipTokenizer.open(parts.tokenizer());
    this.latents = new Latents(vae, parts.vaeWeights());
    this.scalingFactor = scalingFactor.orElseGet(() -> latents.scalingFactor(sizes, amounts.measured(), seed));
    this.sheet = new UnetSheet(parts, this.scalingFactor, schedule, sizes.getLast(), amounts.sheetSteps());
  }

  /** What latents of the autoencoder are multiplied by. */
  public double scalingFactor() {
    return scalingFactor;
  }

  @Override
  public List<Graph> graphs() {
    return sizes.stream().map(this::graph).toList();
  }

  /**
   * Inputs, B pictures: {@code latent}, {@code noise} {@code [B, C, h, w]}; {@code depth} and {@code emphasis} (what errors
   * count) {@code [B, 1, h, w]}; {@code signal}, {@code level} (what either is multiplied by) and {@code weight},
   * {@code [B, 1, 1, 1]}; {@code timestep} {@code [B, 1]}; {@code input_ids} {@code [B, tokens]}. Besides the loss comes the {@code error}, unweighted.
   */
  private Graph graph(Size size) {
    GraphBuilder g = GraphBuilder.create();
    long height = size.height() / vae.factor();
    long width = size.width() / vae.factor();
    Tensor latent = g.input("latent", ElementType.FLOAT, rows, vae.latentChannels(), height, width);
    Tensor noise = g.input("noise", ElementType.FLOAT, rows, vae.latentChannels(), height, width);
    Tensor depth = g.input("depth", ElementType.FLOAT, rows, 1, height, width);
    Tensor noised = g.add(g.multiply(latent, number(g, "signal")), g.multiply(noise, number(g, "level")));
    Tensor states = text.states(g.in(TEXT), g.input("input_ids", ElementType.INT64, rows, text.maxPositions()));
    Tensor found = unet.prediction(g.in(UNET), g.concat(1, noised, depth), g.input("timestep", ElementType.FLOAT, rows, 1), states);
    Tensor error = g.square(g.subtract(found, noise));
    Tensor emphasis = g.input("emphasis", ElementType.FLOAT, rows, 1, height, width);
    g.output(LOSS, g.meanOfAll(g.multiply(g.multiply(error, emphasis), number(g, "weight"))));
    g.output("error", g.meanOfAll(error));
    return g.build();
  }

  private Tensor number(GraphBuilder g, String name) {
    return g.input(name, ElementType.FLOAT, rows, 1, 1, 1);
  }

  @Override
  public Batch batch(long step) {
    int turn = Math.toIntExact(step % sizes.size());
    SplittableRandom random = new SplittableRandom(new SplittableRandom(~seed).nextLong() ^ step);
    Drawn drawn = new Drawn(sizes.get(turn), random);
    for (int row = 0; row < rows; row++) {
      drawn.add(row, step * rows + row);
    }
    float[] latent = latents.of(drawn.pictures, scalingFactor);
    Map<String, float[]> floats = new HashMap<>(Map.of("latent", latent,
        "noise", Noise.ofSeed(seed).stream(step).draw(latent.length), "depth", Rows.joined(drawn.depths), "emphasis", Rows.joined(drawn.emphasis)));
    floats.putAll(Map.of("signal", drawn.signal, "level", drawn.level, "weight", drawn.weight, "timestep", drawn.timestep));
    return new Batch(turn, floats, Map.of("input_ids", drawn.ids));
  }

  /** The rows of a batch as they come together. */
  private final class Drawn {

    private final Size size;
    private final SplittableRandom random;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<float[]> depths = new ArrayList<>();
    private final List<float[]> emphasis = new ArrayList<>();
    private final float[] signal = new float[rows];
    private final float[] level = new float[rows];
    private final float[] weight = new float[rows];
    private final float[] timestep = new float[rows];
    private final long[] ids = new long[rows * text.maxPositions()];

    Drawn(Size size, SplittableRandom random) {
      this.size = size;
      this.random = random;
    }

    void add(int row, long number) {
      ToyPicture picture = ToyPicture.toLearnFrom(seed, number, size.width(), size.height());
      pictures.add(picture.picture());
      depths.add(depth(picture));
      emphasis.add(Rows.oneAnd(OBJECT, picture.object(vae.factor())));
      int time = random.nextInt(schedule.timesteps());
      double alpha = schedule.alpha(time);
      timestep[row] = time;
      signal[row] = (float) Math.sqrt(alpha);
      level[row] = (float) Math.sqrt(1 - alpha);
      weight[row] = (float) Math.min(1, MOST_SIGNAL * (1 - alpha) / alpha);
      String caption = Captions.of(picture.scene().attributes(), random);
      System.arraycopy(idsOf(caption), 0, ids, row * text.maxPositions(), text.maxPositions());
    }

    /** From -1 to 1; of every second picture the nearest is less than 1, as where a clip has one range for all of its frames. */
    private float[] depth(ToyPicture picture) {
      float[] depth = picture.nearness(vae.factor());
      DepthRange.normalise(depth, depth.length);
      double range = random.nextBoolean() ? 1 : random.nextDouble(LEAST_RANGE, 1);
      for (int i = 0; i < depth.length; i++) {
        depth[i] = (float) ((depth[i] + 1) * range - 1);
      }
      return depth;
    }
  }

  private long[] idsOf(String caption) {
    return ids.computeIfAbsent(caption, tokenizer::encode);
  }

  @Override
  public void draw(Tensors weights, Path picture) {
    sheet.draw(weights, picture);
  }

  @Override
  public void close() {
    latents.close();
    tokenizer.close();
  }

  /** The weights of one of the two networks under its own names. */
  static Tensors part(Tensors weights, String part) {
    return weights.only(name -> name.startsWith(part + ".")).renamed(name -> name.substring(part.length() + 1));
  }
}
