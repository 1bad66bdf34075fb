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
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  @TempDir
  private Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    String[] all = Stream.of(List.of(args), List.of("--data", folder.resolve("data").toString())).flatMap(List::stream).toArray(String[]::new);
    return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), false, all);
  }

  private int evaluate(String... args) {
    return run(Stream.of(List.of("evaluate", "pix2video", "--out", folder.resolve("kept").toString()), List.of(args))
        .flatMap(List::stream).toArray(String[]::new));
  }

  @Test
  void ownFootageIsEditedByEachVariantOnceAndFoundAfterwards() throws IOException, URISyntaxException {
    Path checkpoint = Path.of(EvaluateCommandTest.class.getResource("/sd15").toURI());
    assertThat(run("models", "import", checkpoint.toString(), "--name", "tiny")).isZero();
    SampleFile.make(SampleFilm.of(64, 64, 25, 16, 3), folder.resolve("clips/toy.mp4"));
    Files.writeString(folder.resolve("clips/toy.txt"), "a red ball on grass\na blue ball on snow\n");
    String[] order = {"--clips", folder.resolve("clips").toString(), "--model", "tiny", "--steps", "1",
        "--variant", "source, not edited", "--variant", "per-frame", "--json"};

    assertThat(evaluate(order)).as(err.toString()).isZero();
    JsonNode first = new ObjectMapper().readTree(out.toString());
    assertThat(first.path("variants").fieldNames()).toIterable().containsExactly("source, not edited", "per-frame");
    assertThat(first.path("variants").path("per-frame").path("pixelMse").asDouble()).isPositive();
    assertThat(first.path("variants").path("source, not edited").path("motion").asDouble()).isEqualTo(1);
    assertThat(first.path("variants").path("per-frame").has("clipText")).isFalse();
    assertThat(err.toString()).contains("edit 2 of 2, 0 found");

    assertThat(evaluate(order)).isZero();
    assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(first);
    assertThat(err.toString()).contains("edit 2 of 2, 2 found");
  }

  @Test
  void wrongRequestsAreRefusedInASentence() {
    assertThat(evaluate("--edits", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--edits 0 runs nothing");
    assertThat(evaluate("--clips", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is no folder");
    assertThat(evaluate("--model", "nobody")).isEqualTo(2);
    assertThat(err.toString()).contains("nobody");
    assertThat(evaluate("--clips", folder.toString(), "--study", folder.resolve("page").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("leave out --clips");
  }
}
