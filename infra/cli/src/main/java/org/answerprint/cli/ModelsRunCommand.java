package org.answerprint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.ComponentRun;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models run}. */
@Command(name = "run", description = "Run one component of a model once, from named tensors to named tensors.")
final class ModelsRunCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(index = "0", paramLabel = "N|DIR", description = "A model's name, or a checkpoint's folder.")
  private String name;

  @Parameters(index = "1", paramLabel = "COMPONENT", description = {
      "text_encoder, vae_encoder, vae_decoder, unet, depth_estimator, captioner; of video models also unet_video, unet_video_features, unet_video_vjp.",
      "A kv_index among the inputs opens the attention ports of an image model's unet."})
  private String component;

  @Option(names = "--in", paramLabel = "A.safetensors", required = true, description = "The inputs; their shapes give the size.")
  private Path in;

  @Option(names = "--out", paramLabel = "B.safetensors", required = true, description = "Where to put the outputs.")
  private Path out;

  @Mixin
  private Options options;

  ModelsRunCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    Path target = out.toAbsolutePath();
    if (!Files.isDirectory(target.getParent()) || Files.isDirectory(target)) {
      throw new RequestFault("--out %s cannot be a file; name one in a folder that is there".formatted(out));
    }
    Interrupted.says(console, "Stopped.");
    ModelName model = ModelName.find(name, Place.of(environment, options));
    try (Tensors inputs = WeightFiles.open(in)) {
      Map<String, Tensor> outputs = ComponentRun.run(model.model(), component, inputs);
      SafetensorsWriter.write(target, Tensors.of("outputs", outputs.values()), Map.of());
      outputs.values().forEach(tensor -> console.say(tensor.name() + "  " + tensor.type() + " " + tensor.shape()));
    }
    return ExitCodes.DONE;
  }
}
