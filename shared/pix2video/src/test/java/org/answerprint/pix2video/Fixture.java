package org.answerprint.pix2video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.diffusion.PredictionType;
import org.answerprint.diffusion.SchedulerConfig;
import org.answerprint.graph.Graph;
import org.answerprint.networks.Config;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet2DCondition.Options;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** A tiny UNet, and what the reference implementation calculated with it: a whole run of 4 frames in 10 steps. */
final class Fixture implements AutoCloseable {

  static final int FRAMES = 4;
  static final int SIDE = 16;
  static final int FRAME = 4 * SIDE * SIDE;
  static final SchedulerConfig SCHEDULE =
      new SchedulerConfig(NoiseSchedule.scaledLinear(1000, 0.00085, 0.012), PredictionType.EPSILON, 1, false);

  private final String name;
  private final Tensors file;
  private final Tensors golden;
  private final BoundWeights weights;
  private final int side;
  private final UNet2DCondition unet;
  private final List<Denoiser> opened = new ArrayList<>();

  private Fixture(String name, int side) {
    this.name = name;
    this.side = side;
    file = WeightFiles.open(path(name + "/unet/diffusion_pytorch_model.safetensors"));
    golden = WeightFiles.open(path(name + "/golden/pix2video.safetensors"));
    unet = UNet2DCondition.of(Config.parse("unet/config.json", text(name + "/unet/config.json")));
    weights = BoundWeights.of(file, unet.weights());
  }

  /** For latents of the golden run's size. */
  static Fixture open(String name) {
    return new Fixture(name, SIDE);
  }

  /** For latents of another size. */
  static Fixture open(String name, int side) {
    return new Fixture(name, side);
  }

  private Denoiser denoiser(Set<String> layers) {
    Graph graph = unet.graph(Options.of(side, side).porting(layers));
    Denoiser denoiser = Denoiser.open(Engine.cpu(), graph, weights);
    opened.add(denoiser);
    return denoiser;
  }

  /** A new one with ports at all decoder layers. */
  Denoiser ported() {
    return denoiser(unet.decoderLayers());
  }

  /** A new one without ports. */
  Denoiser plain() {
    return denoiser(Set.of());
  }

  Clip clip() {
    float[] latents = values("latents");
    return golden.names().contains("depth") ? Clip.withDepth(FRAMES, latents, values("depth")) : Clip.of(FRAMES, latents);
  }

  Texts texts() {
    return new Texts(values("source_embedding"), values("target_embedding"), values("uncond_embedding"));
  }

  /** As the golden run was made; the guided update is in the public code's strength. */
  Settings settings(int steps) {
    return Settings.usual(Ddim.of(SCHEDULE, steps)).with(GuidedUpdate.ofWeight(100, FRAME, steps));
  }

  float[] values(String tensor) {
    return golden.get(tensor).toFloats();
  }

  /** All frames after so many steps. */
  float[] at(String trajectory, int step) {
    return Arrays.copyOfRange(values(trajectory), step * FRAMES * FRAME, (step + 1) * FRAMES * FRAME);
  }

  /** The norm of the difference over the norm of what was wanted. */
  static double error(float[] actual, float[] wanted) {
    if (actual.length != wanted.length) {
      throw new AssertionError(actual.length + " elements, not " + wanted.length);
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference += Math.pow((double) actual[i] - wanted[i], 2);
      norm += Math.pow(wanted[i], 2);
    }
    return Math.sqrt(difference / norm);
  }

  private static String text(String resource) {
    try {
      return Files.readString(path(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String resource) {
    try {
      return Path.of(Fixture.class.getResource("/" + resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(Denoiser::close);
    weights.close();
    golden.close();
    file.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
