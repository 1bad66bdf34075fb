package org.answerprint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.DepthRange;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.Noise;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.diffusion.PredictionType;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.diffusion.SchedulerConfig;
import org.answerprint.graph.Dim;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.PictureSheet;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.TextEncoder;
import org.answerprint.text.ClipTokenizer;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.Place;
import org.answerprint.toybox.ToyColour;
import org.answerprint.weights.Tensors;

/**
 * What a denoiser draws from noise by true depth: held-out pictures, below them pictures by their own captions, and below those by
 * captions with another colour and place.
 */
final class UnetSheet {

  private static final int SHOWN = 6;
  private static final double GUIDANCE = 4;

  private final UnetLesson.Parts parts;
  private final double scalingFactor;
  private final Ddim ddim;
  private final Size size;
  private final List<ToyPicture> sources = new ArrayList<>();

  UnetSheet(UnetLesson.Parts parts, double scalingFactor, NoiseSchedule schedule, Size size, int steps) {
    this.parts = parts;
    this.scalingFactor = scalingFactor;
    this.ddim = Ddim.of(new SchedulerConfig(schedule, PredictionType.EPSILON, 1, false), steps);
    this.size = size;
    for (int i = 0; i < SHOWN; i++) {
      sources.add(ToyPicture.heldOut(i, size.width(), size.height()));
    }
  }

  void draw(Tensors weights, Path file) {
    List<String> own = sources.stream().map(source -> source.scene().stillCaption()).toList();
    List<String> other = sources.stream().map(source -> edited(source.scene().attributes()).stillCaption()).toList();
    UNet2DCondition unet = parts.unet();
    try (BoundWeights bound = BoundWeights.of(UnetLesson.part(weights, UnetLesson.UNET), unet.weights());
        Denoiser denoiser = Denoiser.open(Engine.cpu(), unet.graph(UNet2DCondition.Options.of(height(), width())
            .ofTokens(parts.text().maxPositions())), bound)) {
      List<Picture> pictures = sources.stream().map(ToyPicture::picture).toList();
      PictureSheet.write(file, List.of(pictures, sampled(denoiser, weights, own), sampled(denoiser, weights, other)));
    }
  }

  /** Another colour and place: the next of each. */
  private static Attributes edited(Attributes shown) {
    ToyColour[] colours = ToyColour.values();
    Place[] places = Place.values();
    return new Attributes(shown.pattern(), colours[(shown.colour().ordinal() + 1) % colours.length], shown.material(), shown.shape(),
        shown.motion(), places[(shown.place().ordinal() + 1) % places.length], shown.camera());
  }

  private int height() {
    return size.height() / parts.vae().factor();
  }

  private int width() {
    return size.width() / parts.vae().factor();
  }

  private List<Picture> sampled(Denoiser denoiser, Tensors weights, List<String> captions) {
    Guidance guidance = new Guidance(GUIDANCE, RowOrder.UNCONDITIONAL_FIRST);
    float[] texts = guidance.rows(states(weights, captions.stream().map(_ -> "").toList()), states(weights, captions));
    float[] latents = Noise.ofSeed(0).draw(SHOWN * parts.vae().latentChannels() * height() * width());
    for (int step = 0; step < ddim.steps(); step++) {
      float[] rows = denoiser.denoise(Guidance.bothBranches(withDepth(latents)), ddim.timestep(step), texts);
      float[] noise = new float[latents.length];
      guidance.apply(rows, noise);
      ddim.sample(step).apply(latents, noise, latents);
    }
    return decoded(latents);
  }

  private float[] states(Tensors weights, List<String> captions) {
    ClipText text = parts.text();
    try (BoundWeights bound = BoundWeights.of(UnetLesson.part(weights, UnetLesson.TEXT), text.weights());
        TextEncoder encoder = TextEncoder.open(Engine.cpu(), text.graph(ClipText.Options.ALL_LAYERS), bound);
        ClipTokenizer tokenizer = ClipTokenizer.open(parts.tokenizer())) {
      return encoder.encode(captions.stream().map(tokenizer::encode).flatMapToLong(Arrays::stream).toArray());
    }
  }

  private float[] withDepth(float[] latents) {
    int channel = height() * width();
    int channels = parts.vae().latentChannels();
    float[] rows = new float[SHOWN * (channels + 1) * channel];
    for (int row = 0; row < SHOWN; row++) {
      float[] depth = sources.get(row).nearness(parts.vae().factor());
      DepthRange.normalise(depth, channel);
      System.arraycopy(latents, row * channels * channel, rows, row * (channels + 1) * channel, channels * channel);
      System.arraycopy(depth, 0, rows, (row * (channels + 1) + channels) * channel, channel);
    }
    return rows;
  }

  private List<Picture> decoded(float[] latents) {
    float[] unscaled = new float[latents.length];
    for (int i = 0; i < latents.length; i++) {
      unscaled[i] = (float) (latents[i] / scalingFactor);
    }
    AutoencoderKL.Options options = new AutoencoderKL.Options(Dim.of(SHOWN), height(), width());
    return Rows.pictures(Rows.run(parts.vae().decoder(options), parts.vaeWeights(), Map.of("latent_sample", unscaled)), size);
  }
}
