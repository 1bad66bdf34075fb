package org.answerprint.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.TransientFault;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.training.ToyboxTraining.Part;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** Learnt parts as a folder in Hugging Face's layout, weights in half precision. */
record ToyboxCheckpoint(ToyboxTraining training, Path folder) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DIFFUSERS = "diffusion_pytorch_model.safetensors";
  private static final String TRANSFORMERS = "model.safetensors";
  private static final String CONFIG = "config.json";

  void write(String command) {
    try {
      CaptionTokens.write(folder.resolve("tokenizer"), ToyboxImage.text().maxPositions());
      copy("model_index.json");
      copy("scheduler/scheduler_config.json");
      copy("text_encoder/" + CONFIG);
      copy("unet/" + CONFIG);
      copy("depth_estimator/" + CONFIG);
      copy("captioner/" + CONFIG);
      try (Tensors vae = WeightFiles.open(training.result(Part.VAE)); Tensors unet = WeightFiles.open(training.result(Part.UNET));
          Tensors depth = WeightFiles.open(training.result(Part.DEPTH));
          Tensors captioner = WeightFiles.open(training.result(Part.CAPTIONER))) {
        put("vae/" + CONFIG, vaeConfig(vae));
        weights("vae/" + DIFFUSERS, vae, ToyboxImage.vae());
        weights("unet/" + DIFFUSERS, UnetLesson.part(unet, UnetLesson.UNET), ToyboxImage.unet());
        weights("text_encoder/" + TRANSFORMERS, UnetLesson.part(unet, UnetLesson.TEXT), ToyboxImage.text());
        weights("depth_estimator/" + TRANSFORMERS, depth, ToyboxImage.depth());
        weights("captioner/" + TRANSFORMERS, captioner, ToyboxImage.captioner());
      }
      put("README.md", ToyboxImage.text("card.md").formatted(command, training.seed()));
    } catch (IOException e) {
      throw new TransientFault("%s could not be written (%s); make room on the disk and try again".formatted(folder, e), e);
    }
  }

  private void copy(String path) throws IOException {
    put(path, ToyboxImage.text(path));
  }

  private void put(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String vaeConfig(Tensors weights) {
    try (Latents latents = new Latents(ToyboxImage.vae(), weights)) {
      ObjectNode config = (ObjectNode) JSON.readTree(ToyboxImage.text("vae/" + CONFIG));
      config.put("scaling_factor", latents.scalingFactor(ToyboxImage.SIZES, training.seed()));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** All tensors of the network's files; those that it never reads, and so never learns, as they begin. */
  private void weights(String path, Tensors learnt, NetworkDefinition network) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    List<Tensor> tensors = network.weights().stream().map(weight -> learnt.find(weight.name()).orElseGet(
        () -> Tensor.ofFloats(weight.name(), Shape.of(weight.type().shape().sizes()), InitialWeights.of(weight, training.seed())))).toList();
    List<TensorSpec> specs = tensors.stream().map(it -> new TensorSpec(it.name(), ElementType.FLOAT16, it.shape())).toList();
    try (SafetensorsWriter writer = new SafetensorsWriter(file, specs, Map.of("format", "pt"))) {
      tensors.forEach(writer::put);
      writer.finish();
    }
  }
}
