package org.answerprint.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.DptDepth;
import org.answerprint.text.ClipTokenizer;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;

/** The networks beside the denoiser. */
final class ImageGoldens {

  private ImageGoldens() {}

  /** Texts to states; and prompts to the same token ids, where there are prompts and a tokenizer. */
  static List<Comparison> text(Model model, Golden golden) {
    List<Comparison> comparisons = new ArrayList<>();
    Tensor ids = golden.get("input_ids");
    golden.beside("prompts.json").ifPresent(prompts ->
        model.tokenizer().ifPresent(folder -> comparisons.add(tokens(folder, prompts, ids))));
    try (Network<ClipText> text = Network.open(model.component(ComponentKind.TEXT_ENCODER), ClipText.class)) {
      Map<String, Tensor> found = text.run(network -> network.graph(ClipText.Options.ALL_LAYERS), Map.of("input_ids", ids));
      comparisons.add(Comparison.of(found.get("last_hidden_state"), golden.get("last_hidden_state"), Comparison.FORWARD));
    }
    return comparisons;
  }

  /** Token ids must be the same: the limit is 0. */
  private static Comparison tokens(Path folder, JsonNode prompts, Tensor ids) {
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      List<Long> found = new ArrayList<>();
      prompts.forEach(prompt -> Arrays.stream(tokenizer.encode(prompt.asText())).forEach(found::add));
      return Comparison.of("input_ids", floats(found.stream().mapToLong(Long::longValue).toArray()),
          floats(GraphRun.integers(ids)), 0);
    }
  }

  private static float[] floats(long[] ids) {
    float[] floats = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      floats[i] = ids[i];
    }
    return floats;
  }

  /** A prompt and what the reference made of it, {@code [1, 77, D]}. */
  record Prompt(String text, Tensor states) {}

  /** Prompts to states. */
  static List<Comparison> encoded(Model model, List<Prompt> prompts) {
    try (ClipTokenizer tokenizer = ClipTokenizer.open(model.tokenizer().orElseThrow());
        Network<ClipText> network = Network.open(model.component(ComponentKind.TEXT_ENCODER), ClipText.class);
        GraphRun text = network.start(it -> it.graph(ClipText.Options.ALL_LAYERS))) {
      return prompts.stream().map(prompt -> {
        Tensor ids = Inputs.longs("input_ids", Shape.of(1, tokenizer.length()), tokenizer.encode(prompt.text()));
        Tensor found = text.run(Map.of("input_ids", ids)).get("last_hidden_state");
        return Comparison.of(found, prompt.states(), Comparison.FORWARD);
      }).toList();
    }
  }

  /** Images to means and variances, scaled latents to images. */
  static List<Comparison> autoencoder(Model model, Golden golden) {
    try (Network<AutoencoderKL> vae = Network.open(model.component(ComponentKind.AUTOENCODER), AutoencoderKL.class)) {
      Tensor image = golden.get("image");
      Tensor parameters = vae.run(network -> network.encoder(imageSize(image)), Map.of("sample", image)).get("latent_parameters");
      Tensor scaled = golden.get("latents_scaled");
      float[] latent = scaled.toFloats();
      for (int i = 0; i < latent.length; i++) {
        latent[i] = (float) (latent[i] / vae.definition().scalingFactor());
      }
      Tensor sample = vae.run(network -> network.decoder(imageSize(scaled)),
          Map.of("latent_sample", Tensor.ofFloats("latent_sample", scaled.shape(), latent))).get("sample");
      return List.of(
          Comparison.of("mean", half(parameters, 0), golden.get("mean").toFloats(), Comparison.FORWARD),
          Comparison.of("logvar", half(parameters, 1), golden.get("logvar").toFloats(), Comparison.FORWARD),
          Comparison.of("decoded", sample.toFloats(), golden.get("decoded").toFloats(), Comparison.FORWARD));
    }
  }

  private static AutoencoderKL.Options imageSize(Tensor images) {
    long[] shape = requireRank(images, 4).toArray();
    return AutoencoderKL.Options.of(shape[2], shape[3]);
  }

  /** Of {@code [B, 2C, h, w]} the first or second half of each row's channels. */
  private static float[] half(Tensor parameters, int which) {
    float[] all = parameters.toFloats();
    int rows = Math.toIntExact(parameters.shape().axes().getFirst());
    int length = all.length / rows / 2;
    float[] half = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(all, (2 * row + which) * length, half, row * length, length);
    }
    return half;
  }

  static List<Comparison> depth(Model model, Golden golden) {
    try (Network<DptDepth> depth = Network.open(model.component(ComponentKind.DEPTH_ESTIMATOR), DptDepth.class)) {
      Tensor pixels = golden.get("pixel_values");
      long[] shape = requireRank(pixels, 4).toArray();
      Map<String, Tensor> found = depth.run(
          network -> network.graph(new DptDepth.Options(Dim.of("B"), shape[2], shape[3])), Map.of("pixel_values", pixels));
      return List.of(Comparison.of(found.get("predicted_depth"), golden.get("predicted_depth"), Comparison.FORWARD));
    }
  }

  /** @throws RequestFault where a tensor has not so many axes */
  static Shape requireRank(Tensor tensor, int rank) {
    return Optional.of(tensor.shape()).filter(shape -> shape.rank() == rank).orElseThrow(() -> new RequestFault(
        "%s has the shape %s, and must have %d axes; give one that has".formatted(tensor.name(), tensor.shape(), rank)));
  }
}
