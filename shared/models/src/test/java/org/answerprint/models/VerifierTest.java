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

  private static Verification verify(Path checkpoint) {
    return Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.of(checkpoint.resolve("golden")));
  }

  private static GoldenResult of(Verification verification, String file) {
    return verification.goldens().stream().filter(golden -> golden.file().equals(file)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"sd15, 6, 9", "sd-depth, 7, 10", "video, 4, 118", "seine, 4, 5"})
  void findsTheReferencesNumbersInEveryGoldenFile(String name, int files, int tensors) throws IOException {
    Path checkpoint = Checkpoints.copy(name, folder);
    // The same computation as that of finetune_clip, and the longest.
    Files.deleteIfExists(checkpoint.resolve("golden/finetune_frames.safetensors"));
    Verification verification = verify(checkpoint);
    assertThat(verification.goldens()).hasSize(files).allSatisfy(golden -> assertThat(golden.outcome()).isEqualTo(Outcome.PASSED));
    assertThat(verification.goldens().stream().flatMap(golden -> golden.comparisons().stream())).hasSize(tensors);
    assertThat(verification.trials()).isEmpty();
    assertThat(verification.passed()).isTrue();
  }

  @Test
  void missesATensorThatIsNotWhatTheReferenceComputed() throws IOException {
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Checkpoints.change(checkpoint.resolve("golden/vae.safetensors"), tensors -> tensors.computeIfPresent("decoded", (name, tensor) -> {
      float[] values = tensor.toFloats();
      values[7] += 0.01f;
      return Tensor.ofFloats(name, tensor.shape(), values);
    }));
    Verification verification = verify(checkpoint);
    assertThat(verification.passed()).isFalse();
    assertThat(of(verification, "vae.safetensors").outcome()).isEqualTo(Outcome.MISSED);
    assertThat(of(verification, "vae.safetensors").comparisons()).filteredOn(comparison -> !comparison.passes())
        .singleElement().satisfies(comparison -> {
          assertThat(comparison.tensor()).isEqualTo("decoded");
          assertThat(comparison.maximum()).isBetween(0.0099, 0.0101);
        });
    assertThat(of(verification, "unet_t1.safetensors").outcome()).isEqualTo(Outcome.PASSED);
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
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Path prompts = checkpoint.resolve("golden/prompts.json");
    Files.writeString(prompts, Files.readString(prompts).replace("a red metal", "a blue metal"));
    assertThat(of(verify(checkpoint), "text_encoder.safetensors").outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void doesNotRecogniseFilesAndTensorsThatNobodyKnows() throws IOException {
    Path checkpoint = Checkpoints.copy("sd-depth", folder);
    Path golden = checkpoint.resolve("golden");
    Files.writeString(golden.resolve("notes.txt"), "x");
    Files.copy(golden.resolve("depth.safetensors"), golden.resolve("depths.safetensors"));
    Checkpoints.change(golden.resolve("depth.safetensors"), tensors -> tensors.put("more", Tensor.ofFloats("more", Shape.of(1), 1)));
    Verification verification = verify(checkpoint);
    assertThat(verification.passed()).isFalse();
    assertThat(verification.goldens()).filteredOn(result -> result.outcome() == Outcome.UNRECOGNISED).extracting(GoldenResult::file)
        .containsExactly("depth.safetensors", "depths.safetensors", "notes.txt");
    assertThat(of(verification, "depth.safetensors").reason()).hasValueSatisfying(reason -> assertThat(reason).contains("more"));
  }

  @Test
  void goesOnWhereAFileIsDamagedOrItsComponentIsNotThere() throws IOException {
    Path checkpoint = Checkpoints.copy("seine", folder);
    Path golden = checkpoint.resolve("golden");
    Files.write(golden.resolve("unet_t0.safetensors"), Arrays.copyOf(Files.readAllBytes(golden.resolve("unet_t0.safetensors")), 999));
    Files.copy(golden.resolve("unet_t489.safetensors"), golden.resolve("vae.safetensors"));
    Verification verification = verify(checkpoint);
    assertThat(verification.goldens()).filteredOn(result -> result.outcome() == Outcome.MISSED).hasSize(2)
        .allSatisfy(result -> assertThat(result.reason()).isPresent());
    assertThat(of(verification, "unet_t999.safetensors").outcome()).isEqualTo(Outcome.PASSED);
  }

  /** Whole runs are the method's. */
  @Test
  void saysWhichKnownFilesItDoesNotRunWithoutMissingThem() throws IOException {
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Path golden = Files.createDirectory(folder.resolve("some"));
    Files.copy(checkpoint.resolve("golden/unet_t1.safetensors"), golden.resolve("pix2video.safetensors"));
    Files.writeString(golden.resolve("pix2video.json"), "{}");
    Verification verification = Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.of(golden));
    assertThat(verification.goldens()).singleElement().extracting(GoldenResult::outcome).isEqualTo(Outcome.NOT_RUN);
    assertThat(verification.passed()).isTrue();
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
    Path checkpoint = Checkpoints.copy("sd15", folder);
    Checkpoints.change(checkpoint.resolve("unet/diffusion_pytorch_model.safetensors"), tensors -> tensors.computeIfPresent("conv_out.bias",
        (name, tensor) -> Tensor.ofFloats(name, tensor.shape(), 0, Float.NaN, 0, 0)));
    Verification verification = Verifier.verify(Checkpoints.model(checkpoint), List.of(), Optional.empty());
    assertThat(verification.trials()).filteredOn(trial -> trial.reason().isPresent()).extracting(Trial::component).containsExactly("unet");
    assertThat(verification.passed()).isFalse();
  }

  @Test
  void refusesAFolderThatIsNotThereOrEmpty() throws IOException {
    Model model = Checkpoints.model(Checkpoints.copy("video", folder));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path golden : List.of(empty, folder.resolve("none"))) {
      assertThatThrownBy(() -> Verifier.verify(model, List.of(), Optional.of(golden))).isInstanceOf(RequestFault.class)
          .hasMessageContaining(golden.toString());
    }
  }
}
