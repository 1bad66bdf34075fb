package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.Checkpoint;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.bundles.Licence;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Definitions;
import org.answerprint.models.Model;
import org.answerprint.models.Verification;
import org.answerprint.models.Verifier;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.ImagePipeline;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.runtime.Engine;
import org.answerprint.training.ToyboxTraining.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyboxTrainingTest {

  /** Graphs that are called once or twice: how soon they load counts. */
  private static final Engine ENGINE = new Engine.Cpu(1, Engine.Spared.LOADING);

  /** One step of few pictures: that the parts fit together does not depend on how much they have learnt. */
  private static final Amounts FEW = new Amounts(2, 2, 2, 2, 4, 1);

  private final List<String> news = new ArrayList<>();

  @TempDir
  private Path folder;

  private ToyboxTraining training() {
    return new ToyboxTraining(folder, ENGINE, 1, news::add, Optional.empty(), FEW);
  }

  @Test
  void partsThatWereLearntBecomeAModelThatCanBeImportedAndRun() throws Exception {
    ToyboxTraining training = training();
    for (Part part : Part.values()) {
      training.learn(part, OptionalLong.of(1), OptionalDouble.empty(), false);
      assertThat(training.isLearnt(part)).isTrue();
    }
    training.assemble("some command");
    Path made = training.checkpoint();
    assertThat(Files.readString(made.resolve("README.md"))).contains("    some command\n");

    Checkpoint checkpoint = CheckpointReader.read(made, new Definitions(), false);
    assertThat(checkpoint.licence()).isEqualTo(Licence.OPEN);
    assertThat(checkpoint.leftOut()).isEmpty();
    BundleCache.Imported imported = new BundleCache(folder.resolve("cache")).add(checkpoint, ToyboxImage.NAME);
    assertThat(imported.bundle().manifest().bytes()).isLessThan(25_000_000);
    double scale = new ObjectMapper().readTree(made.resolve("vae/config.json").toFile()).path("scaling_factor").asDouble();
    assertThat(news).contains("latents are multiplied by " + scale);
    Verification verification = Verifier.verify(Model.of(imported.bundle()), List.of(), Optional.empty());
    assertThat(verification.passed()).as(verification.toString()).isTrue();
    assertWorksOnWideFilms(ImageModel.of(imported.bundle()));
    assertGoesOn(made);
  }

  /** One part is learnt on, the others are those of the model, whatever else has been learnt there; its card names both commands. */
  private void assertGoesOn(Path made) throws Exception {
    Path next = folder.resolve("next");
    leaveAnotherDepthEstimator(next);
    ToyboxTraining training = new ToyboxTraining(next, ENGINE, 2, news::add, Optional.of(new ToyboxTraining.Base(made, "1")), FEW);
    assertThat(Part.values()).allMatch(training::has);
    training.learn(Part.CAPTIONER, OptionalLong.of(1), OptionalDouble.empty(), false);
    training.assemble("another command");
    Path model = training.checkpoint();
    assertThat(Files.readString(model.resolve("README.md"))).contains("    some command\n    another command\n");
    for (String same : List.of("vae/config.json", "vae/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.safetensors",
        "depth_estimator/model.safetensors")) {
      assertThat(Files.mismatch(model.resolve(same), made.resolve(same))).as(same).isEqualTo(-1);
    }
    String learnt = "captioner/model.safetensors";
    assertThat(Files.mismatch(model.resolve(learnt), made.resolve(learnt))).isNotEqualTo(-1);
  }

  /** As a training from nothing leaves one, and with another last weight. */
  private void leaveAnotherDepthEstimator(Path next) throws IOException {
    Files.createDirectories(next);
    Files.copy(folder.resolve("depth.training.txt"), next.resolve("depth.training.txt"));
    byte[] weights = Files.readAllBytes(folder.resolve("depth.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(next.resolve("depth.safetensors"), weights);
    assertThat(new ToyboxTraining(next, ENGINE, 5, news::add, Optional.empty()).isLearnt(Part.DEPTH)).isTrue();
  }

  private static void assertWorksOnWideFilms(ImageModel model) {
    PictureSize size = model.size(16.0 / 9, model.nativeSide());
    assertThat(size).isEqualTo(new PictureSize(112, 64));
    Picture picture = ToyPicture.heldOut(0, 112, 64).picture();
    try (ImagePipeline pipeline = new ImagePipeline(model, Engine.cpu(), size, model.decoderLayers())) {
      assertThat(pipeline.text("a red ball on snow")).hasSize(16 * 64);
      assertThat(pipeline.latent(picture)).hasSize(4 * 16 * 28);
      assertThat(pipeline.depth(picture)).hasSize(16 * 28);
      assertThat(pipeline.denoiser().sample().sizes()).containsExactly(5, 16, 28);
      assertThat(pipeline.caption(picture).orElseThrow()).matches("a \\w+ \\w+ \\w+ \\w+ on \\w+");
    }
  }

  @Test
  void namesWhatHasToBeLearntFirst() {
    assertThatThrownBy(() -> training().learn(Part.UNET, OptionalLong.of(1), OptionalDouble.empty(), false))
        .isInstanceOf(RequestFault.class).hasMessageContaining("--part vae");
    assertThatThrownBy(() -> training().assemble("")).isInstanceOf(RequestFault.class).hasMessageContaining("--part vae");
    assertThatThrownBy(() -> Part.of("ear")).isInstanceOf(RequestFault.class).hasMessageContaining("vae, unet, depth, captioner");
  }
}
