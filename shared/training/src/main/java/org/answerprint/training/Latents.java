package org.answerprint.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.graph.Dim;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Images;
import org.answerprint.weights.Tensors;

/** Pictures as latents of a learnt autoencoder: its means. Not for several threads at once; the weights outlive it. */
final class Latents implements AutoCloseable {

  private static final int AT_ONCE = 32;

  private final AutoencoderKL vae;
  private final BoundWeights weights;
  private final Map<Size, Images> encoders = new HashMap<>();

  Latents(AutoencoderKL vae, Tensors weights) {
    this.vae = vae;
    this.weights = BoundWeights.of(weights, vae.weights());
  }

  /** {@code [B, C, h, w]} of pictures of one size, times a factor. */
  float[] of(List<Picture> pictures, double factor) {
    Size size = new Size(pictures.getFirst().width(), pictures.getFirst().height());
    float[] parameters = encoders.computeIfAbsent(size, this::encoder).run(Rows.joined(pictures.stream().map(Picture::planes).toList()));
    int length = parameters.length / pictures.size() / 2;
    float[] latents = new float[pictures.size() * length];
    for (int row = 0; row < pictures.size(); row++) {
      for (int i = 0; i < length; i++) {
        latents[row * length + i] = (float) (factor * parameters[2 * row * length + i]);
      }
    }
    return latents;
  }

  private Images encoder(Size size) {
    return Images.encoder(Engine.cpu(),
        vae.encoder(new AutoencoderKL.Options(Dim.of("B"), size.height(), size.width())), weights);
  }

  /** One over the standard deviation of latents of so many pictures of each size to learn from, to four digits: the scaling factor. */
  double scalingFactor(List<Size> sizes, int measured, long seed) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (Size size : sizes) {
      for (int first = 0; first < measured; first += AT_ONCE) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = first; i < Math.min(first + AT_ONCE, measured); i++) {
          pictures.add(ToyPicture.toLearnFrom(seed, i, size.width(), size.height()).picture());
        }
        for (float value : of(pictures, 1)) {
          sum += value;
          squares += (double) value * value;
          count++;
        }
      }
    }
    double deviation = Math.sqrt(squares / count - sum / count * (sum / count));
    return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.4g", 1 / deviation));
  }

  @Override
  public void close() {
    encoders.values().forEach(Images::close);
    weights.close();
  }
}
