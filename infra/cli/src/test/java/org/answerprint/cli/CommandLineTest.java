package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... args) {
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, args);
  }

  private int run(String... args) {
    return run(Map.of(), args);
  }

  @Test
  void aloneItListsWhatOneCanDo() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("demo", "up", "edit", "shots", "probe", "job", "jobs", "cancel", "retry", "gc", "test");
  }

  @Test
  void usageErrorsAreOneSentenceAndExitCodeTwo() {
    assertThat(run("bogus")).isEqualTo(2);
    assertThat(run("edit")).isEqualTo(2);
    assertThat(run("edit", "a.mp4", "--steps", "many")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(3).allSatisfy(line -> assertThat(line).endsWith("--help'."));
  }

  @Test
  void exitCodesFollowWhoHasToAct() {
    assertThat(ExitCodes.of(new RequestFault("x"))).isEqualTo(2);
    assertThat(ExitCodes.of(new TransientFault("x"))).isEqualTo(2);
    assertThat(ExitCodes.of(new InternalFault("x"))).isEqualTo(1);
    assertThat(ExitCodes.of(new IllegalStateException("x"))).isEqualTo(1);
  }

  @Test
  void sentencesBeginWithACapitalUnlessTheyBeginWithAName() {
    assertThat(Wording.sentence("the file is empty")).isEqualTo("The file is empty.");
    assertThat(Wording.sentence("a.mp4 is empty; give a video")).isEqualTo("a.mp4 is empty; give a video.");
    assertThat(Wording.sentence("/tmp/x is empty.")).isEqualTo("/tmp/x is empty.");
  }

  @Test
  void everyMistakeOfARecipeIsListedBeforeAnythingStarts() throws IOException {
    Path video = Files.writeString(folder.resolve("a.mp4"), "no video");
    Path recipe = Files.writeString(folder.resolve("r.yaml"),
        "method: lok\nseed: -1\nshots:\n  - { match: 0, method: none }\n");
    assertThat(run("edit", video.toString(), "--recipe", recipe.toString(), "--data", folder.resolve("data").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("method", "seed", "shots[0].match");
    assertThat(err.toString().lines()).hasSize(3);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aTextThatIsNamedLikeAVideoIsRefusedWithoutStartingAnything() throws IOException {
    Path video = Files.writeString(folder.resolve("a.mp4"), "this is no video");
    Path result = folder.resolve("out.mp4");
    String data = folder.resolve("data").toString();
    assertThat(run("edit", video.toString(), "--method", "none", "--out", result.toString(), "--data", data)).isEqualTo(2);
    assertThat(run("probe", video.toString())).isEqualTo(2);
    assertThat(run("shots", video.toString(), "--json")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(3).allSatisfy(line -> assertThat(line).contains("video"));
    assertThat(result).doesNotExist();
    assertThat(Path.of(data)).doesNotExist();
  }

  @Test
  void aMissingFileAndAMissingFolderAreSaidBeforeAnythingStarts() throws IOException {
    Path video = Files.writeString(folder.resolve("a.mp4"), "x");
    assertThat(run("edit", folder.resolve("none.mp4").toString())).isEqualTo(2);
    assertThat(run("edit", video.toString(), "--out", folder.resolve("no/such/out.mp4").toString())).isEqualTo(2);
    assertThat(run("edit", video.toString(), "--out", video.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.mp4", "--out");
    assertThat(err.toString().lines()).hasSize(3);
  }

  @Test
  void aStoreThatCannotBeReachedIsOneSentence() {
    Map<String, String> environment = Map.of("ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:1", "ANSWERPRINT_ACCESS_KEY", "a",
        "ANSWERPRINT_SECRET_KEY", "b");
    assertThat(run(environment, "jobs")).isEqualTo(2);
    assertThat(err.toString()).startsWith("The store cannot be reached for bucket answerprint-work");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void aPortInUseIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      String data = folder.resolve("data").toString();
      assertThat(run("up", "--s3-port", port, "--data", data)).isEqualTo(2);
      assertThat(run("up", "--http-port", port, "--data", data)).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(2)
          .allSatisfy(line -> assertThat(line).containsIgnoringCase("port " + port + " on 127.0.0.1 is in use"));
    }
  }
}
