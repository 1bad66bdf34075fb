package org.answerprint.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.Config;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.weights.Tensors;

/** The networks of the bundle {@code toybox-image}, as the files beside this class describe them, and how each is learnt. */
public final class ToyboxImage {

  /** The bundle's name. */
  public static final String NAME = "toybox-image";

  /** A square and 16:9, in turn, so that wide films need not be squashed. */
  static final List<Size> SIZES = List.of(new Size(64, 64), new Size(112, 64));

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);

  private ToyboxImage() {}

  static AutoencoderKL vae() {
    return AutoencoderKL.of(config("vae"));
  }

  /** The lesson of the autoencoder. */
  public static VaeLesson vaeLesson(Amounts amounts, long seed) {
    return new VaeLesson(vae(), SIZES, amounts.vaeRows(), seed);
  }

  static UNet2DCondition unet() {
    return UNet2DCondition.of(config("unet"));
  }

  static ClipText text() {
    return ClipText.of(config("text_encoder"));
  }

  /**
   * The lesson of the denoiser and its text encoder.
   *
   * @param vaeWeights of the learnt autoencoder, to be closed after the lesson
   * @param scalingFactor of its latents, where a model has settled on one
   * @param tokenizer a folder to write the tokenizer's files to
   */
  public static UnetLesson unetLesson(Tensors vaeWeights, OptionalDouble scalingFactor, Path tokenizer, Amounts amounts, long seed) {
    CaptionTokens.write(tokenizer, text().maxPositions());
    return new UnetLesson(new UnetLesson.Parts(unet(), text(), tokenizer, vae(), vaeWeights), scalingFactor, SCHEDULE, SIZES,
        amounts, seed);
  }

  static DptDepth depth() {
    return DptDepth.of(config("depth_estimator"));
  }

  /** The lesson of the depth estimator. */
  public static DepthLesson depthLesson(Amounts amounts, long seed) {
    return new DepthLesson(depth(), SIZES, amounts.depthRows(), seed);
  }

  static PictureWords captioner() {
    return PictureWords.of(config("captioner"));
  }

  /** The lesson of the captioner. */
  public static CaptionerLesson captionerLesson(Amounts amounts, long seed) {
    return new CaptionerLesson(captioner(), SIZES, amounts.captionerRows(), seed);
  }

  static Config config(String component) {
    String path = component + "/config.json";
    return Config.parse(NAME + "/" + path, text(path));
  }

  static String text(String path) {
    try (InputStream in = ToyboxImage.class.getResourceAsStream(NAME + "/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
