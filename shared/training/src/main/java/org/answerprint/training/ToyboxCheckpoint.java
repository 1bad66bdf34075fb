package org.answerprint.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.RequestFault;
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
  private static final String COMMAND = "    ";
  private static final String CONFIG = "/config.json";

  /** The weights of a part of a model's folder, by the names that its lesson has for them; to be closed. */
  static Tensors open(Path model, Part part) {
    return switch (part) {
      case VAE -> WeightFiles.open(model.resolve("vae").resolve(DIFFUSERS));
      case UNET -> both(model);
      case DEPTH -> WeightFiles.open(model.resolve("depth_estimator").resolve(TRANSFORMERS));
      case CAPTIONER -> WeightFiles.open(model.resolve("captioner").resolve(TRANSFORMERS));
    };
  }

  private static Tensors both(Path model) {
    List<Tensor> all = new ArrayList<>();
    Map.of(UnetLesson.UNET, DIFFUSERS, UnetLesson.TEXT, TRANSFORMERS).forEach((network, file) -> {
      try (Tensors weights = WeightFiles.open(model.resolve(network).resolve(file))) {
        weights.all().forEach(it -> all.add(Tensor.ofFloats(network + "." + it.name(), it.shape(), it.toFloats())));
      }
    });
    return Tensors.of(model.toString(), all);
  }

  void put(Part part) {
    try (Tensors learnt = training.open(part)) {
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
    List<String> commands = new ArrayList<>(training.from().map(base -> commands(base.folder())).orElseGet(List::of));
    commands.add(COMMAND + command);
    text("README.md", ToyboxImage.text("card.md").formatted(String.join("\n", commands)));
  }

  /** The lines of a model's card that say how it was made. */
  private static List<String> commands(Path model) {
    try {
      return Files.readAllLines(model.resolve("README.md")).stream().filter(line -> line.startsWith(COMMAND)).toList();
    } catch (IOException e) {
      throw new RequestFault("%s has no card to read (%s); give a model that was trained here".formatted(model, e));
    }
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

  /** What a model's folder says of its latents. */
  static double scalingFactor(Path model) {
    Path config = model.resolve("vae" + CONFIG);
    try {
      return JSON.readTree(config.toFile()).path("scaling_factor").asDouble();
    } catch (IOException e) {
      throw new RequestFault("%s cannot be read (%s); give a model that was trained here".formatted(config, e));
    }
  }

  /** Latents keep their scale as long as their autoencoder is kept, since the denoiser has learnt it. */
  private String vaeConfig(Tensors weights) {
    try {
      ObjectNode config = (ObjectNode) JSON.readTree(ToyboxImage.text("vae" + CONFIG));
      config.put("scaling_factor", training.scale(weights));
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
