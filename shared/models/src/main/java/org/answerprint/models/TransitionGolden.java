package org.answerprint.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.diffusion.Respaced;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.faults.RequestFault;
import org.answerprint.networks.SeineUNet;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;

/** A transition that SEINE samples from noise, with the settings that lie beside the file. */
final class TransitionGolden {

  private static final String SETTINGS = "transition_ddim.json";
  private static final String SAMPLER = "ddim eta 0";
  private static final String BETAS = "linear 1e-4..0.02";

  private TransitionGolden() {}

  static List<Comparison> run(Model model, Golden golden) {
    JsonNode settings = golden.beside(SETTINGS).orElseThrow(() -> new RequestFault(
        "there is no %s beside it, which says how the transition was sampled; fetch it".formatted(SETTINGS)));
    if (!settings.path("sampler").asText().equals(SAMPLER) || !settings.path("betas").asText().equals(BETAS)) {
      throw new RequestFault("%s asks for another sampler than '%s' with betas '%s'; give a run of that one".formatted(
          SETTINGS, SAMPLER, BETAS));
    }
    Respaced steps = Respaced.of(NoiseSchedule.linear(1000, 1e-4, 0.02), settings.path("steps").asInt());
    Guidance guidance = new Guidance(settings.path("guidance_scale").asDouble(), RowOrder.CONDITIONAL_FIRST);
    return List.of(timesteps(steps, golden.get("timesteps")), sampled(model, golden, steps, guidance));
  }

  /** The file counts from the cleanest. */
  private static Comparison timesteps(Respaced steps, Tensor wanted) {
    long[] timesteps = GraphRun.integers(wanted);
    boolean same = timesteps.length == steps.steps();
    for (int step = 0; same && step < timesteps.length; step++) {
      same = steps.timestep(step) == timesteps[timesteps.length - 1 - step];
    }
    double difference = same ? 0 : 1;
    return new Comparison(wanted.name(), difference, difference, 0);
  }

  private static Comparison sampled(Model model, Golden golden, Respaced steps, Guidance guidance) {
    Tensor noise = golden.get("noise");
    Shape shape = ImageGoldens.requireRank(noise, 5);
    float[] mask = golden.get("generate_mask").toFloats();
    float[] masked = golden.get("masked_latents").toFloats();
    float[] latents = noise.toFloats();
    long channels = (long) (2 * latents.length + mask.length) * shape.axes().get(1) / latents.length;
    Shape rows = Shape.of(2, channels, shape.axes().get(2), shape.axes().get(3), shape.axes().get(4));
    Map<String, Tensor> inputs = new HashMap<>(Map.of("encoder_hidden_states", golden.get("encoder_hidden_states_cond_uncond"),
        "sample", Tensor.ofFloats("sample", rows, rows(latents, mask, masked))));
    try (Network<SeineUNet> network = Network.open(model.component(ComponentKind.SEINE_UNET), SeineUNet.class);
        GraphRun unet = network.start(it -> it.graph(ComponentRun.clipSize(inputs)))) {
      float[] output = new float[latents.length];
      for (int step = 0; step < steps.steps(); step++) {
        inputs.put("sample", Tensor.ofFloats("sample", rows, rows(latents, mask, masked)));
        inputs.put("timestep", Inputs.scalar("timestep", steps.timestep(step)));
        guidance.apply(unet.run(inputs).get("out_sample").toFloats(), output);
        steps.ddim(step).apply(latents, output, latents);
      }
    }
    return Comparison.of("latents", latents, golden.get("latents").toFloats(), Comparison.TRAJECTORY);
  }

  /** For both branches of guidance the latent, the mask and the masked latent, one after the other. */
  private static float[] rows(float[] latents, float[] mask, float[] masked) {
    float[] one = new float[latents.length + mask.length + masked.length];
    System.arraycopy(latents, 0, one, 0, latents.length);
    System.arraycopy(mask, 0, one, latents.length, mask.length);
    System.arraycopy(masked, 0, one, latents.length + mask.length, masked.length);
    return Guidance.bothBranches(one);
  }
}
