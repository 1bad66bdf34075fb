package org.answerprint.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.networks.SeineUNet;
import org.answerprint.weights.KeyPath;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * SEINE as a folder in Hugging Face's layout: its denoiser out of the one file that the public code has, and everything else from
 * the Stable Diffusion 1.4 that it was grown from. The schedule is SEINE's own.
 */
public final class SeineFolder {

  private static final String UNET = "unet";
  private static final String SCHEDULER = "scheduler";
  private static final List<String> BORROWED = List.of("text_encoder", "tokenizer", "vae");
  private static final List<String> PAPERS = List.of("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE");
  private static final long LARGEST_CONFIG = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SeineFolder() {}

  /**
   * Puts the folder together. What it borrows is linked and not copied, so the base must stay as long as the folder is in use.
   *
   * @param checkpoint the public code's file, {@code seine.pt}: tensors under {@code ema}, or at the top
   * @param base a folder of Stable Diffusion 1.4
   * @param folder where to; it is there and empty
   * @throws RequestFault where the checkpoint holds no tensors, or the base has not what is borrowed
   * @throws TransientFault where the disk refuses
   */
  public static void write(Path checkpoint, Path base, Path folder) {
    String config = grownConfig(base);
    try {
      for (String part : BORROWED) {
        Path from = base.resolve(part);
        if (!Files.isDirectory(from)) {
          throw new RequestFault("%s has no folder %s; give a whole folder of Stable Diffusion 1.4".formatted(base, part));
        }
        Files.createSymbolicLink(folder.resolve(part), from.toRealPath());
      }
      for (Path paper : PAPERS.stream().map(base::resolve).filter(Files::isRegularFile).toList()) {
        Files.copy(paper, folder.resolve(paper.getFileName()));
      }
      Files.writeString(Files.createDirectory(folder.resolve(UNET)).resolve("config.json"), config);
      Files.write(Files.createDirectory(folder.resolve(SCHEDULER)).resolve("scheduler_config.json"), json(schedule()));
      Files.write(folder.resolve("model_index.json"), json(index()));
    } catch (IOException e) {
      throw new TransientFault("%s could not be written (%s); see to the disk and try again".formatted(folder, e), e);
    }
    try (Tensors tensors = WeightFiles.open(checkpoint, KeyPath.of("ema"), KeyPath.TOP)) {
      SafetensorsWriter.write(folder.resolve(UNET).resolve("diffusion_pytorch_model.safetensors"), tensors, Map.of("format", "pt"));
    }
  }

  private static String grownConfig(Path base) {
    Path config = base.resolve(UNET).resolve("config.json");
    try {
      if (!Files.isRegularFile(config) || Files.size(config) > LARGEST_CONFIG) {
        throw new RequestFault("there is no %s; give a whole folder of Stable Diffusion 1.4".formatted(config));
      }
      return SeineUNet.configGrownFrom(config.toString(), Files.readString(config, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(config, e), e);
    }
  }

  private static Map<String, Object> schedule() {
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("_class_name", "DDIMScheduler");
    schedule.put("num_train_timesteps", 1000);
    schedule.put("beta_schedule", "linear");
    schedule.put("beta_start", 1e-4);
    schedule.put("beta_end", 0.02);
    schedule.put("prediction_type", "epsilon");
    schedule.put("clip_sample", false);
    schedule.put("set_alpha_to_one", true);
    schedule.put("steps_offset", 0);
    return schedule;
  }

  private static Map<String, Object> index() {
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("_class_name", "SeinePipeline");
    index.put(SCHEDULER, List.of("diffusers", "DDIMScheduler"));
    index.put("text_encoder", List.of("transformers", "CLIPTextModel"));
    index.put("tokenizer", List.of("transformers", "CLIPTokenizer"));
    index.put(UNET, List.of("seine", "SeineUNet3D"));
    index.put("vae", List.of("diffusers", "AutoencoderKL"));
    return index;
  }

  private static byte[] json(Map<String, Object> content) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new InternalFault("A map cannot be written as JSON: %s".formatted(e.getOriginalMessage()), e);
    }
  }
}
