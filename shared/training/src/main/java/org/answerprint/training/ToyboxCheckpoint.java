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
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** Learnt parts as a folder in Hugging Face's layout, weights in half precision. */
record ToyboxCheckpoint(ToyboxTraining training) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DIFFUSERS = "diffusion_pytorch_model.safetensors";
  private static final String TRANSFORMERS = "model.safetensors";
  private static final String CONFIG = "/config.json";

  void put(Part part) {
    try (Tensors learnt = WeightFiles.open(training.result(part))) {
      switch (part) {
        case VAE -> component("vae", vaeConfig(learnt), DIFFUSERS, learnt, ToyboxImage.vae());
        case UNET -> {
          component(UnetLesson.UNET, DIFFUSERS, UnetLesson.part(learnt, UnetLesson.UNET), ToyboxImage.unet());
          component(UnetLesson.TEXT, TRANSFORMERS, UnetLesson.part(learnt, UnetLesson.TEXT), ToyboxImage.text());
        }
        case DEPTH -> component("depth_estimator", TRANSFORMERS, learnt, ToyboxImage.depth());
        case CAPTIONER -> component("captioner", TRANSFORMERS, learnt, ToyboxImage.captioner());
      }
    }
  }

  void putPapers(String command) {
    CaptionTokens.write(training.checkpoint().resolve("tokenizer"), ToyboxImage.text().maxPositions());
    for (String path : List.of("model_index.json", "scheduler/scheduler_config.json")) {
      text(path, ToyboxImage.text(path));
    }
    text("README.md", ToyboxImage.text("card.md").formatted(command, training.seed()));
  }

  private void component(String name, String file, Tensors learnt, NetworkDefinition network) {
    component(name, ToyboxImage.text(name + CONFIG), file, learnt, network);
  }

  private void component(String name, String config, String file, Tensors learnt, NetworkDefinition network) {
    text(name + CONFIG, config);
    weights(training.checkpoint().resolve(name).resolve(file), learnt, network);
  }

  private void text(String path, String text) {
    Path file = training.checkpoint().resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new TransientFault("%s could not be written (%s); make room on the disk and try again".formatted(file, e), e);
    }
  }

  private String vaeConfig(Tensors weights) {
    try (Latents latents = new Latents(ToyboxImage.vae(), weights)) {
      ObjectNode config = (ObjectNode) JSON.readTree(ToyboxImage.text("vae" + CONFIG));
      config.put("scaling_factor", latents.scalingFactor(ToyboxImage.SIZES, training.seed()));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** All tensors of the network's files; those that it never reads, and so never learns, as they begin. */
  private void weights(Path file, Tensors learnt, NetworkDefinition network) {
    List<Tensor> tensors = network.weights().stream().map(weight -> learnt.find(weight.name()).orElseGet(
        () -> Tensor.ofFloats(weight.name(), Shape.of(weight.type().shape().sizes()), InitialWeights.of(weight, training.seed())))).toList();
    SafetensorsWriter.writeAs(ElementType.FLOAT16, file, tensors, Map.of("format", "pt"));
  }
}
