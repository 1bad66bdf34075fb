package org.answerprint.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.faults.RequestFault;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.pix2video.Checkpoint;
import org.answerprint.pix2video.Clip;
import org.answerprint.pix2video.Pix2Video;
import org.answerprint.pix2video.References;
import org.answerprint.pix2video.Settings;
import org.answerprint.pix2video.Texts;
import org.answerprint.pix2video.Watch;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensor;

/** A whole run of Pix2Video, with the settings that lie beside the file: the inversion, the edit, and the way back without an edit. */
final class Pix2VideoGolden {

  private static final String SETTINGS = "pix2video.json";

  private Pix2VideoGolden() {}

  static List<Comparison> run(Model model, Golden golden) {
    JsonNode said = golden.beside(SETTINGS).orElseThrow(() -> new RequestFault(
        "there is no %s beside it, which says how the clip was edited; fetch it".formatted(SETTINGS)));
    List<Comparison> comparisons = new ArrayList<>(texts(model, golden, said));
    Ddim ddim = Ddim.of(model.scheduler(), said.path("steps").asInt());
    comparisons.add(timesteps(ddim, golden.get("timesteps")));
    long[] latents = ImageGoldens.requireRank(golden.get("latents"), 4).toArray();
    try (Network<UNet2DCondition> network = Network.open(model.component(ComponentKind.IMAGE_UNET), UNet2DCondition.class)) {
      UNet2DCondition unet = network.definition();
      UNet2DCondition.Options size = UNet2DCondition.Options.of(latents[2], latents[3]).porting(unet.decoderLayers());
      try (BoundWeights weights = BoundWeights.of(network.weights(), unet.weights());
          Denoiser denoiser = Denoiser.open(Engine.cpu(), unet.graph(size), weights)) {
        comparisons.addAll(edited(denoiser, settings(ddim, said, latents), golden));
      }
    }
    return comparisons;
  }

  /** What the model makes of the prompts, where it can read. */
  private static List<Comparison> texts(Model model, Golden golden, JsonNode said) {
    if (model.tokenizer().isEmpty() || model.components().stream().noneMatch(it -> it.kind() == ComponentKind.TEXT_ENCODER)) {
      return List.of();
    }
    return ImageGoldens.encoded(model, List.of(
        new ImageGoldens.Prompt(said.path("source_prompt").asText(), golden.get("source_embedding")),
        new ImageGoldens.Prompt(said.path("target_prompt").asText(), golden.get("target_embedding")),
        new ImageGoldens.Prompt("", golden.get("uncond_embedding"))));
  }

  private static Settings settings(Ddim ddim, JsonNode said, long[] latents) {
    double kappa = 2 * said.path("guided_update_weight").asDouble() / (latents[1] * latents[2] * latents[3]);
    return Settings.usual(ddim)
        .with(new Guidance(said.path("guidance_scale").asDouble(), RowOrder.UNCONDITIONAL_FIRST))
        .with(new GuidedUpdate(kappa, said.path("guided_update_last_step_index").asInt() + 1));
  }

  private static Comparison timesteps(Ddim ddim, Tensor wanted) {
    long[] found = new long[ddim.steps()];
    Arrays.setAll(found, ddim::timestep);
    double difference = Arrays.equals(found, GraphRun.integers(wanted)) ? 0 : 1;
    return new Comparison(wanted.name(), difference, difference, 0);
  }

  private static List<Comparison> edited(Denoiser denoiser, Settings settings, Golden golden) {
    Tensor latents = golden.get("latents");
    int frames = Math.toIntExact(latents.shape().axes().getFirst());
    Clip clip = golden.names("depth").isEmpty() ? Clip.of(frames, latents.toFloats())
        : Clip.withDepth(frames, latents.toFloats(), golden.get("depth").toFloats());
    Texts texts = new Texts(golden.get("source_embedding").toFloats(), golden.get("target_embedding").toFloats(),
        golden.get("uncond_embedding").toFloats());
    Trajectories run = new Trajectories(settings.ddim().steps(), clip);
    float[] edited = Pix2Video.of(denoiser, settings).edit(clip, texts, run);

    // The inverted noise back again: no guidance, no other frames, the clip's own text.
    Settings plain = settings.with(new Guidance(1, RowOrder.UNCONDITIONAL_FIRST)).with(References.NONE, 0).with(new GuidedUpdate(0, 0));
    Checkpoint inverted = new Checkpoint(run.steps, run.inverted());
    float[] reconstructed = Pix2Video.of(denoiser, plain).resume(inverted, clip,
        new Texts(texts.source(), texts.source(), texts.negative()), Watch.NONE);
    return List.of(compared(golden, "inversion_trajectory", run.inversion), compared(golden, "inverted", run.inverted()),
        compared(golden, "x0_trajectory", run.clean), compared(golden, "edit_trajectory", run.edit), compared(golden, "edited", edited),
        compared(golden, "reconstructed", reconstructed));
  }

  private static Comparison compared(Golden golden, String name, float[] found) {
    return Comparison.of(name, found, golden.get(name).toFloats(), Comparison.TRAJECTORY);
  }

  /** All latents of a run, in order. */
  private static final class Trajectories implements Watch {

    private final int steps;
    private final int length;
    private final float[] inversion;
    private final float[] edit;
    private final float[] clean;

    Trajectories(int steps, Clip clip) {
      this.steps = steps;
      length = clip.latents().length;
      inversion = new float[(steps + 1) * length];
      edit = new float[(steps + 1) * length];
      clean = new float[steps * length];
      System.arraycopy(clip.latents(), 0, inversion, 0, length);
    }

    @Override
    public void cleanLatents(int step, float[] ofStep) {
      System.arraycopy(ofStep, 0, clean, step * length, length);
    }

    @Override
    public void afterStep(Checkpoint checkpoint, int ofSteps) {
      if (checkpoint.done() <= steps) {
        System.arraycopy(checkpoint.latents(), 0, inversion, checkpoint.done() * length, length);
      }
      if (checkpoint.done() >= steps) {
        System.arraycopy(checkpoint.latents(), 0, edit, (checkpoint.done() - steps) * length, length);
      }
    }

    float[] inverted() {
      return Arrays.copyOf(edit, length);
    }
  }
}
