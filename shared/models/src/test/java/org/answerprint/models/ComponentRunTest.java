package org.answerprint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.diffusion.Noise;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentRunTest {

  private static final String LAYER = "up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q";

  @TempDir
  private Path folder;

  private static Tensor noise(String name, long... shape) {
    return Tensor.ofFloats(name, Shape.of(shape), Noise.ofSeed(1).stream(name.hashCode()).draw((int) Shape.of(shape).elements()));
  }

  private static Map<String, Tensor> run(Model model, String component, Map<String, Tensor> inputs) {
    return ComponentRun.run(model, component, Tensors.of("the test",
        inputs.entrySet().stream().map(entry -> entry.getValue().named(entry.getKey())).toList()));
  }

  private static Map<String, Tensor> inputs(Tensor... tensors) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      inputs.put(tensor.name(), tensor);
    }
    return inputs;
  }

  private static void assertShape(Map<String, Tensor> outputs, String name, long... shape) {
    assertThat(outputs.get(name).shape()).as(name).isEqualTo(Shape.of(shape));
  }

  @Test
  void runsEveryComponentOfAModelOfImages() throws IOException {
    Model model = Checkpoints.model(Checkpoints.copy("sd-depth", folder));
    assertThat(ComponentRun.names(model)).containsExactlyInAnyOrder("text_encoder", "vae_encoder", "vae_decoder", "unet", "depth_estimator");
    Map<String, Tensor> text = run(model, "text_encoder", inputs(Inputs.longs("input_ids", Shape.of(2, 77), new long[154])));
    assertShape(text, "last_hidden_state", 2, 77, 32);
    assertShape(text, "pooler_output", 2, 32);
    assertShape(run(model, "vae_encoder", inputs(noise("sample", 1, 3, 32, 64))), "latent_parameters", 1, 8, 4, 8);
    assertShape(run(model, "vae_decoder", inputs(noise("latent_sample", 1, 4, 4, 8))), "sample", 1, 3, 32, 64);
    assertThat(run(model, "depth_estimator", inputs(noise("pixel_values", 1, 3, 64, 64)))).containsOnlyKeys("predicted_depth");
    assertThatThrownBy(() -> run(model, "unet_video", inputs())).isInstanceOf(RequestFault.class).hasMessageContaining("depth_estimator");
    assertThatThrownBy(() -> run(model, "text_encoder", inputs(Inputs.longs("input_ids", Shape.of(1, 1), 1 << 20))))
        .isInstanceOf(RequestFault.class).hasMessageContaining("input_ids");
  }

  @Test
  void opensAttentionPortsWhereRowsAreNamed() throws IOException {
    Model model = Checkpoints.model(Checkpoints.part("sd15", folder, "unet"));
    Map<String, Tensor> inputs = inputs(noise("sample", 2, 4, 8, 16), Inputs.scalar("timestep", 500), noise("encoder_hidden_states", 2, 77, 24));
    Map<String, Tensor> plain = run(model, "unet", inputs);
    assertThat(plain).containsOnlyKeys("out_sample");
    inputs.put("kv_index", Inputs.longs("kv_index", Shape.of(2, 1), 1, 2));
    inputs.put("kv_keep", Inputs.longs("kv_keep", Shape.of(2), 0, 1));
    Map<String, Tensor> themselves = run(model, "unet", inputs);
    assertThat(Comparison.of(themselves.get("out_sample"), plain.get("out_sample"), 1e-5).passes()).isTrue();
    assertThat(themselves.keySet()).filteredOn(name -> name.startsWith("kv_state.")).hasSize(9);

    for (String name : List.copyOf(themselves.keySet())) {
      if (name.startsWith("kv_state.")) {
        inputs.put(name.replace("kv_state.", "kv_pool."), themselves.get(name));
      }
    }
    inputs.put("kv_index", Inputs.longs("kv_index", Shape.of(2, 1), 0, 0));
    Map<String, Tensor> first = run(model, "unet", inputs);
    assertThat(Comparison.of(first.get("out_sample"), plain.get("out_sample"), 1e-5).passes()).as("both rows attend to the first").isFalse();
    inputs.put("kv_index", Inputs.longs("kv_index", Shape.of(2, 1), 0, 4));
    assertThatThrownBy(() -> run(model, "unet", inputs)).isInstanceOf(RequestFault.class).hasMessageContaining("kv_index");
  }

  @Test
  void runsWhatMethodsAskOfAModelOfVideos() throws IOException {
    Model model = Checkpoints.model(Checkpoints.part("video", folder, "unet"));
    Map<String, Tensor> inputs = inputs(noise("sample", 1, 4, 2, 8, 8), Inputs.scalar("timestep", 500), noise("encoder_hidden_states", 1, 7, 32));
    Map<String, Tensor> keys = run(model, "unet_video_features", inputs);
    assertThat(keys).hasSize(6).containsKey("self_keys.u1a0");
    keys.forEach((name, tensor) -> inputs.put("grad_" + name, tensor));
    assertShape(run(model, "unet_video_vjp", inputs), "grad_sample", 1, 4, 2, 8, 8);
  }

  @Test
  void trainsTheAdaptersThatAreGiven() throws IOException {
    Model model = Checkpoints.model(Checkpoints.part("video", folder, "unet"));
    try (Tensors golden = WeightFiles.open(Checkpoints.goldens("video", folder, "finetune_clip.safetensors").resolve("finetune_clip.safetensors"))) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      for (String name : List.of("sample", "timestep", "encoder_hidden_states", "target")) {
        inputs.put(name, golden.get(name));
      }
      long width = golden.get("grad." + LAYER + ".weight").shape().axes().getFirst();
      inputs.put("lora." + LAYER + ".A", noise("A", 3, width));
      inputs.put("lora." + LAYER + ".B", Inputs.zeros("B", width, 3));
      Map<String, Tensor> found = run(model, "unet_video_train", inputs);
      assertThat(found).containsOnlyKeys("loss", "grad.lora." + LAYER + ".A", "grad.lora." + LAYER + ".B");
      assertThat(found.get("loss").toFloats()[0]).isCloseTo(golden.get("loss").toFloats()[0], within(1e-4f));
      assertThat(found.get("grad.lora." + LAYER + ".A").toFloats()).containsOnly(0);
      assertThat(Comparison.of("B", found.get("grad.lora." + LAYER + ".B").toFloats(),
          ofB(golden.get("grad." + LAYER + ".weight").toFloats(), inputs.get("lora." + LAYER + ".A").toFloats(), (int) width), 1e-4).passes()).isTrue();
      inputs.put("lora.nowhere.A", noise("A", 3, width));
      assertThatThrownBy(() -> run(model, "unet_video_train", inputs)).isInstanceOf(RequestFault.class).hasMessageContaining("lora.nowhere.A");
    }
  }

  /** {@code G A^T} of the weight's gradient G, {@code [width, width]}, and A, {@code [rank, width]}: alpha is the rank. */
  private static float[] ofB(float[] gradient, float[] a, int width) {
    int rank = a.length / width;
    float[] product = new float[width * rank];
    for (int row = 0; row < width; row++) {
      for (int r = 0; r < rank; r++) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
          sum += (double) gradient[row * width + i] * a[r * width + i];
        }
        product[row * rank + r] = (float) sum;
      }
    }
    return product;
  }
}
