package org.answerprint.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.answerprint.bundles.Component;
import org.answerprint.diffusion.Noise;
import org.answerprint.models.Verification.Trial;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.SeineUNet;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet3DCondition;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** Passes through a component on seeded noise, of a small size: it loads, and answers finite numbers, or it does not. */
final class Trials {

  private static final long SIDE = 16;
  private static final long FRAMES = 2;
  private static final long TOKENS = 77;

  private Trials() {}

  static List<Trial> of(Component component) {
    Model model = new Model(component.weights().getParent(), List.of(component));
    NetworkDefinition network = Definitions.of(component);
    return switch (network) {
      case ClipText text -> List.of(run(model, "text_encoder",
          () -> List.of(Inputs.longs("input_ids", Shape.of(1, text.maxPositions()), new long[text.maxPositions()]))));
      case AutoencoderKL vae -> List.of(
          run(model, "vae_encoder", () -> List.of(noise("sample", 1, vae.inChannels(), SIDE * vae.factor(), SIDE * vae.factor()))),
          run(model, "vae_decoder", () -> List.of(noise("latent_sample", 1, vae.latentChannels(), SIDE, SIDE))));
      case DptDepth depth -> List.of(run(model, "depth_estimator",
          () -> List.of(noise("pixel_values", 1, 3, depth.imageSize(), depth.imageSize()))));
      case PictureWords words -> List.of(run(model, "captioner",
          () -> List.of(noise("pixel_values", 1, 3, words.imageSize(), words.imageSize()))));
      case UNet2DCondition unet -> List.of(run(model, "unet",
          () -> denoiser(unet.crossAttentionDim(), 1, unet.inChannels(), SIDE, SIDE)));
      case UNet3DCondition unet -> List.of(run(model, "unet",
          () -> denoiser(unet.crossAttentionDim(), 1, unet.inChannels(), FRAMES, SIDE, SIDE)));
      case SeineUNet unet -> List.of(run(model, "unet",
          () -> denoiser(unet.crossAttentionDim(), 1, unet.inChannels(), FRAMES, SIDE, SIDE)));
      default -> throw new IllegalStateException("a kind of network without a trial: " + network);
    };
  }

  private static List<Tensor> denoiser(int width, long... sample) {
    return List.of(noise("sample", sample), Inputs.scalar("timestep", 500), noise("encoder_hidden_states", 1, TOKENS, width));
  }

  private static Tensor noise(String name, long... shape) {
    int count = Math.toIntExact(Shape.of(shape).elements());
    return Tensor.ofFloats(name, Shape.of(shape), Noise.ofSeed(0).stream(name.hashCode()).draw(count));
  }

  private static Trial run(Model model, String component, Supplier<List<Tensor>> inputs) {
    try {
      Map<String, Tensor> outputs = ComponentRun.run(model, component, Tensors.of("noise", inputs.get()));
      return new Trial(component, outputs.values().stream().filter(tensor -> !isFinite(tensor.toFloats())).findFirst()
          .map(tensor -> tensor.name() + " has elements that are no finite numbers"));
    } catch (RuntimeException e) {
      // Whatever a component does not survive is its own miss: the others are to be tried all the same.
      return new Trial(component, Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString())));
    }
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
