package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";

  @TempDir
  private Path folder;

  private Path checkpoint;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void copiesACheckpoint() throws IOException, URISyntaxException {
    Path from = Path.of(ModelsCommandTest.class.getResource("/sd15").toURI());
    checkpoint = folder.resolve("sd15");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = checkpoint.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** The exit code; what was printed before is forgotten. */
  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> environment, String... args) {
    out = new StringWriter();
    err = new StringWriter();
    String[] all = Stream.of(List.of("models"), List.of(args), List.of("--data", folder.resolve("data").toString()))
        .flatMap(List::stream).toArray(String[]::new);
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, all);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void importsAFolderOnceUnderAsManyNamesAsAreGiven() throws IOException {
    assertThat(run("list")).isZero();
    assertThat(out.toString()).startsWith("toybox-image  ").hasLineCount(1).contains("captioner (captioner)").doesNotContain("in part");
    assertThat(run("import", checkpoint.toString(), "--name", "tiny")).isZero();
    assertThat(out.toString()).startsWith("tiny  ").contains("unet (image-unet)", "Copied to");
    assertThat(run("import", checkpoint.toString(), "--name", "again")).isZero();
    assertThat(out.toString()).contains("nothing was copied");
    assertThat(run("list", "--json")).isZero();
    assertThat(json()).extracting(line -> line.path("name").asText()).containsExactly("again", "tiny", "toybox-image");
    assertThat(List.of(json().get(0), json().get(1))).allSatisfy(line -> {
      assertThat(line.path("missing")).isEmpty();
      assertThat(line.path("components").findValuesAsText("name")).containsExactlyInAnyOrder("text_encoder", "unet", "vae");
      assertThat(line.path("components").findValue("portedLayers")).isNotNull();
    });
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void namesWhatIsNotThere() {
    assertThat(run("import", folder.resolve("none").toString(), "--name", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("none");
    assertThat(run("import", folder.toString(), "--name", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("no network");
    assertThat(run("import", checkpoint.toString(), "--name", "../a")).isEqualTo(2);
    assertThat(err.toString()).contains("name");
    String file = checkpoint.resolve(UNET).toString();
    assertThat(run("import", file, "--name", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("--base");
    assertThat(run("import", checkpoint.toString(), "--base", checkpoint.toString(), "--name", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("leave --base out");
    assertThat(run("import", file, "--base", folder.toString(), "--name", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("Stable Diffusion 1.4");
    assertThat(run("verify", "nobody")).isEqualTo(2);
    assertThat(err.toString()).contains("nobody", "import");
    assertThat(run("verify", checkpoint.toString(), folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run("train", "nobody")).isEqualTo(2);
    assertThat(err.toString()).contains("toybox-image, toybox-judges");
    assertThat(run("train", "toybox-judges", "--part", "vae")).isEqualTo(2);
    assertThat(err.toString()).contains("vae", "attribute-reader, text-image");
    assertThat(run("run", "nobody", "unet", "--in", "a", "--out", folder.resolve("b").toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void verifiesWithGoldenTensorsUntilAWeightIsDamaged() throws IOException {
    assertThat(run("import", checkpoint.toString(), "--name", "tiny")).isZero();
    String golden = checkpoint.resolve("golden").toString();
    assertThat(run("verify", "tiny", golden, "--json")).as(err.toString()).isZero();
    assertThat(json().path("passed").asBoolean()).isTrue();
    assertThat(json().path("tensors")).hasSize(5).allSatisfy(tensor -> assertThat(tensor.path("passed").asBoolean()).isTrue());
    assertThat(json().path("trials").findValuesAsText("component")).containsExactly("unet");

    Path weights;
    try (Stream<Path> kept = Files.walk(folder.resolve("data"))) {
      weights = kept.filter(path -> path.endsWith(UNET)).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 2] ^= 1;
    Files.write(weights, bytes);
    assertThat(run("verify", "tiny", "--golden", golden, "--json")).isEqualTo(1);
    assertThat(json().path("passed").asBoolean()).isFalse();
    assertThat(json().path("damage")).hasSize(1).allSatisfy(damage -> assertThat(damage.asText()).contains(UNET));
    assertThat(run("verify", "tiny")).isEqualTo(1);
    assertThat(out.toString()).startsWith("MISS").contains("Not verified: digests");
  }

  @Test
  void verifiesAFolderThatIsNotImported() {
    assertThat(run("verify", checkpoint.toString())).isZero();
    assertThat(out.toString()).contains("text_encoder last_hidden_state", "vae decoded", "ok    unet on noise", "no digests");
  }

  @Test
  void runsAComponentFromAFileToAFile() {
    Path in = folder.resolve("in.safetensors");
    Path result = folder.resolve("out.safetensors");
    SafetensorsWriter.write(in, Tensors.of("the test", List.of(Tensor.ofFloats("latent_sample", Shape.of(1, 4, 2, 2), new float[16]))), Map.of());
    assertThat(run("run", checkpoint.toString(), "vae_decoder", "--in", in.toString(), "--out", result.toString())).isZero();
    try (Tensors outputs = WeightFiles.open(result)) {
      assertThat(outputs.get("sample").shape()).isEqualTo(Shape.of(1, 3, 16, 16));
    }
    assertThat(run("run", checkpoint.toString(), "vae_encoder", "--in", in.toString(), "--out", result.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("sample is missing");
    assertThat(run("run", checkpoint.toString(), "flow", "--in", in.toString(), "--out", result.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("flow", "vae_decoder");
    assertThat(run("run", checkpoint.toString(), "unet", "--in", in.toString(), "--out", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--out");
  }

  @Test
  void trainsWhatItKnowsAndNamesWhatItDoesNot() {
    assertThat(run("train", "somebody-elses")).isEqualTo(2);
    assertThat(err.toString()).contains("toybox-image");
    assertThat(run("train", "toybox-image", "--part", "ear")).isEqualTo(2);
    assertThat(err.toString()).contains("vae, unet, depth, captioner");
    assertThat(run("train", "toybox-image", "--part", "unet", "--out", folder.resolve("training").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--part vae first");
    assertThat(run("train", "toybox-image", "--part", "captioner", "--steps", "1", "--out", folder.resolve("training").toString()))
        .as(err.toString()).isZero();
    assertThat(out.toString()).contains("captioner 1 of 1, loss");
    assertThat(run("train", "toybox-image", "--part", "captioner", "--steps", "1", "--resume", "--out", folder.resolve("training").toString()))
        .isZero();
    assertThat(out.toString()).startsWith("captioner is finished");
    assertThat(run("train", "toybox-image", "--part", "captioner", "--resume", "--out", folder.resolve("training").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is of another training (1 steps at", "leave out --resume");
  }

  @Test
  void trainsOnTheEngineThatTheEnvironmentNames() {
    assertThat(run(Map.of("ANSWERPRINT_ENGINE", "abacus"), "train", "toybox-image", "--part", "captioner", "--steps", "1",
        "--out", folder.resolve("training").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("ANSWERPRINT_ENGINE");
  }
}
