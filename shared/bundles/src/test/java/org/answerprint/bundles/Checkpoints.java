package org.answerprint.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.answerprint.weights.Shape;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** Small checkpoints in Hugging Face's layout. */
final class Checkpoints {

  static final NetworkDefinitions CONTENT = (component, tensors) -> new ComponentFacts(List.of(),
      component.kind() == ComponentKind.IMAGE_UNET ? List.of(new PortedLayer("u1a0", 4, 1280, 20)) : List.of());

  private Checkpoints() {}

  /** A whole checkpoint, with leftovers that are not needed. */
  static Path whole(Path folder) {
    write(folder.resolve("model_index.json"), """
        {"_class_name": "StableDiffusionPipeline", "scheduler": ["diffusers", "PNDMScheduler"],
         "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"],
         "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"],
         "safety_checker": [null, null], "feature_extractor": ["transformers", "CLIPImageProcessor"]}""");
    write(folder.resolve("README.md"), "---\nlicense: creativeml-openrail-m\ntags: [a]\n---\n# A model\n");
    write(folder.resolve("unet/config.json"), "{\"_class_name\": \"UNet2DConditionModel\"}");
    weights(folder.resolve("unet/diffusion_pytorch_model.safetensors"), 1);
    weights(folder.resolve("unet/diffusion_pytorch_model.fp16.safetensors"), 2);
    write(folder.resolve("unet/diffusion_pytorch_model.bin"), "not looked at");
    write(folder.resolve("vae/config.json"), "{\"_class_name\": \"AutoencoderKL\"}");
    weights(folder.resolve("vae/shard-1.safetensors"), 3);
    write(folder.resolve("vae/diffusion_pytorch_model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"shard-1.safetensors\"}}");
    write(folder.resolve("text_encoder/config.json"), "{\"architectures\": [\"CLIPTextModel\"]}");
    weights(folder.resolve("text_encoder/model.safetensors"), 4);
    copy("/scheduler_config.json", folder.resolve("scheduler/scheduler_config.json"));
    for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
      copy("/tokenizer/" + name, folder.resolve("tokenizer").resolve(name));
    }
    write(folder.resolve("sample.png"), "of no use");
    return folder;
  }

  static void weights(Path file, float value) {
    parent(file);
    SafetensorsWriter.write(file, Tensors.of("test", List.of(Tensor.ofFloats("a", Shape.of(1), value))), Map.of());
  }

  static void write(Path file, String text) {
    parent(file);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String resource, Path file) {
    parent(file);
    try {
      Files.copy(Path.of(Checkpoints.class.getResource(resource).toURI()), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void parent(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
