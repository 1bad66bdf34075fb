package org.answerprint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Verification.GoldenResult;
import org.answerprint.models.Verification.Outcome;
import org.answerprint.models.Verification.Trial;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {

  @TempDir
  private Path folder;

  private static Verification verify(Path checkpoint, Path golden) {
    return Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.of(golden));
  }

  private static GoldenResult of(Verification verification, String file) {
    return verification.goldens().stream().filter(golden -> golden.file().equals(file)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"sd15, 7, 19", "sd-depth, 8, 20", "video, 4, 33", "seine, 4, 5"})
  void findsTheReferencesNumbersInEveryGoldenFile(String name, int files, int tensors) throws IOException {
    Path checkpoint = Checkpoints.copy(name, folder);
    // The tests of networks look at the gradients of all layers; those of the last are calculated sooner.
    Files.deleteIfExists(checkpoint.resolve("golden/finetune_frames.safetensors"));
    Path finetuning = checkpoint.resolve("golden/finetune_clip.safetensors");
    if (Files.exists(finetuning)) {
      Checkpoints.change(finetuning, all -> all.keySet().removeIf(tensor -> tensor.matches("grad\\.(?!up_blocks\\.3).*")));
    }
    Verification verification = verify(checkpoint, checkpoint.resolve("golden"));
    assertThat(verification.goldens()).hasSize(files).allSatisfy(golden -> assertThat(golden.outcome()).isEqualTo(Outcome.PASSED));
    assertThat(verification.goldens().stream().flatMap(golden -> golden.comparisons().stream())).hasSize(tensors);
    assertThat(verification.trials()).isEmpty();
    assertThat(verification.passed()).isTrue();
  }

  @Test
  void missesATensorThatIsNotWhatTheReferenceComputed() throws IOException {
    Path checkpoint = Checkpoints.part("sd15", folder, "vae", "text_encoder");
    Path golden = Checkpoints.goldens("sd15", folder, "vae.safetensors", "text_encoder.safetensors");
    Checkpoints.change(golden.resolve("vae.safetensors"), tensors -> tensors.computeIfPresent("decoded", (name, tensor) -> {
      float[] values = tensor.toFloats();
      values[7] += 0.01f;
      return Tensor.ofFloats(name, tensor.shape(), values);
    }));
    Verification verification = verify(checkpoint, golden);
    assertThat(verification.passed()).isFalse();
    assertThat(of(verification, "vae.safetensors").outcome()).isEqualTo(Outcome.MISSED);
    assertThat(of(verification, "vae.safetensors").comparisons()).filteredOn(comparison -> !comparison.passes())
        .singleElement().satisfies(comparison -> {
          assertThat(comparison.tensor()).isEqualTo("decoded");
          assertThat(comparison.maximum()).isBetween(0.0099, 0.0101);
        });
    assertThat(of(verification, "text_encoder.safetensors").outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void missesWhatIsNoNumberOrHasAnotherSize() {
    assertThat(Comparison.of("a", new float[] {Float.NaN}, new float[] {1}, 1).passes()).isFalse();
    assertThat(Comparison.of("a", new float[] {1}, new float[] {Float.NaN}, 1).passes()).isFalse();
    assertThat(Comparison.of("a", new float[] {1}, new float[] {0}, 1).passes()).isFalse();
    assertThat(Comparison.of("a", new float[] {1}, new float[] {1, 1}, 1).passes()).isFalse();
    assertThat(Comparison.of("a", new float[] {0}, new float[] {0}, 0).passes()).isTrue();
  }

  @Test
  void missesTokenIdsThatDiffer() throws IOException {
    Path checkpoint = Checkpoints.part("sd15", folder, "text_encoder", "tokenizer");
    Path golden = Checkpoints.goldens("sd15", folder, "text_encoder.safetensors", "prompts.json");
    Path prompts = golden.resolve("prompts.json");
    assertThat(verify(checkpoint, golden).passed()).isTrue();
    Files.writeString(prompts, Files.readString(prompts).replace("a red metal", "a blue metal"));
    assertThat(of(verify(checkpoint, golden), "text_encoder.safetensors").outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void doesNotRecogniseFilesAndTensorsThatNobodyKnows() throws IOException {
    Path checkpoint = Checkpoints.part("sd-depth", folder, "depth_estimator");
    Path golden = Checkpoints.goldens("sd-depth", folder, "depth.safetensors");
    Files.writeString(golden.resolve("notes.txt"), "x");
    Files.copy(golden.resolve("depth.safetensors"), golden.resolve("depths.safetensors"));
    Checkpoints.change(golden.resolve("depth.safetensors"), tensors -> tensors.put("more", Tensor.ofFloats("more", Shape.of(1), 1)));
    Verification verification = verify(checkpoint, golden);
    assertThat(verification.passed()).isFalse();
    assertThat(verification.goldens()).allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.UNRECOGNISED))
        .extracting(GoldenResult::file).containsExactly("depth.safetensors", "depths.safetensors", "notes.txt");
    assertThat(of(verification, "depth.safetensors").reason()).hasValueSatisfying(reason -> assertThat(reason).contains("more"));
  }

  @Test
  void goesOnWhereAFileIsDamagedOrItsComponentIsNotThere() throws IOException {
    Path checkpoint = Checkpoints.copy("seine", folder);
    Path golden = Checkpoints.goldens("seine", folder, "unet_t0.safetensors", "unet_t999.safetensors");
    Files.write(golden.resolve("unet_t0.safetensors"), Arrays.copyOf(Files.readAllBytes(golden.resolve("unet_t0.safetensors")), 999));
    Files.copy(golden.resolve("unet_t999.safetensors"), golden.resolve("vae.safetensors"));
    Files.copy(golden.resolve("unet_t999.safetensors"), golden.resolve("pix2video.safetensors"));
    Verification verification = verify(checkpoint, golden);
    assertThat(verification.goldens()).filteredOn(result -> result.outcome() == Outcome.MISSED).hasSize(3)
        .allSatisfy(result -> assertThat(result.reason()).isPresent());
    assertThat(of(verification, "pix2video.safetensors").reason()).hasValueSatisfying(reason -> assertThat(reason).contains("pix2video.json"));
    assertThat(of(verification, "unet_t999.safetensors").outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void missesARunOfAMethodThatWasMadeOtherwise() throws IOException {
    Path checkpoint = Checkpoints.part("sd15", folder, "unet", "scheduler");
    Path golden = Checkpoints.goldens("sd15", folder, "pix2video.safetensors", "pix2video.json");
    Path settings = golden.resolve("pix2video.json");
    Files.writeString(settings, Files.readString(settings).replace("\"guided_update_last_step_index\": 5", "\"guided_update_last_step_index\": 4"));
    assertThat(of(verify(checkpoint, golden), "pix2video.safetensors").comparisons()).filteredOn(it -> !it.passes())
        .extracting(Comparison::tensor).containsExactly("x0_trajectory", "edit_trajectory", "edited");
  }

  @ParameterizedTest
  @CsvSource({"sd-depth, 5", "video, 1", "seine, 1"})
  void triesEveryComponentOnNoiseWhereThereAreNoGoldens(String name, int trials) throws IOException {
    Verification verification = Verifier.verify(Checkpoints.model(Checkpoints.copy(name, folder)), List.of(), Optional.empty());
    assertThat(verification.trials()).hasSize(trials).allSatisfy(trial -> assertThat(trial.reason()).isEmpty());
    assertThat(verification.passed()).isTrue();
  }

  @Test
  void missesAComponentThatAnswersNoFiniteNumbers() throws IOException {
    Path checkpoint = Checkpoints.part("sd15", folder, "text_encoder", "vae");
    Checkpoints.change(checkpoint.resolve("vae/diffusion_pytorch_model.safetensors"), tensors -> tensors.computeIfPresent(
        "decoder.conv_out.bias", (name, tensor) -> Tensor.ofFloats(name, tensor.shape(), 0, Float.NaN, 0)));
    Verification verification = Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.empty());
    assertThat(verification.trials()).filteredOn(trial -> trial.reason().isPresent()).extracting(Trial::component)
        .containsExactly("vae_decoder");
    assertThat(verification.passed()).isFalse();
  }

  @Test
  void refusesAFolderThatIsNotThereOrEmpty() throws IOException {
    Model model = Checkpoints.model(Checkpoints.part("sd15", folder, "text_encoder"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path golden : List.of(empty, folder.resolve("none"))) {
      assertThatThrownBy(() -> Verifier.verify(model, List.of(), Optional.of(golden))).isInstanceOf(RequestFault.class)
          .hasMessageContaining(golden.toString());
    }
  }
}
