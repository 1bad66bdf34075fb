package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.jobs.JobStore;
import org.answerprint.report.Report;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a local system that is started once, as {@code up} starts it. */
class LocalSystemTest {

  private static final SampleFilm SAMPLE = SampleFilm.of(160, 90, 24, 16, 7).first(3);

  @TempDir
  private static Path films;

  private static LocalSystem system;
  private static Path data;
  private static Path film;

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    system = Trial.shared().system();
    data = Trial.shared().data();
    film = SampleFile.make(SAMPLE, films.resolve("my film.mp4"));
  }

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> environment, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private static JobStore jobs() {
    return new JobStore(new S3ObjectStore(system.storage()), system.storage().buckets());
  }

  @Test
  void editNoneGivesBackEveryFrameWithAReportAndAContactSheet() throws IOException {
    Path result = folder.resolve("result.mp4");
    assertThat(run("edit", film.toString(), "--method", "none", "--out", result.toString(), "--json")).as(err.toString()).isZero();
    assertThat(json().get("state").asText()).isEqualTo("final");
    assertThat(json().get("film").asText()).isEqualTo(result.toString());
    assertThat(ShotList.of(result).frames()).isEqualTo(ShotList.of(film).frames());
    Report report = Report.read(Files.readAllBytes(folder.resolve("result.report.json")));
    assertThat(report.job().value()).isEqualTo(json().get("job").asText());
    assertThat(folder.resolve("result.contact-sheet.png")).isNotEmptyFile();
    assertThat(folder.toFile().list()).hasSize(3);
    assertThat(err.toString()).contains("ingest: accepted").contains("assemble");
  }

  @Test
  void theSameEditFindsItsJobAndAnotherTableMakesAnother() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "method: look\noptions: { lut: mine.cube }\n");
    Path table = Files.writeString(folder.resolve("mine.cube"), Looks.TEAL_ORANGE.cube());
    String[] edit = {"edit", film.toString(), "--recipe", recipe.toString(), "--transition", "dissolve", "--out",
        folder.resolve("a.mp4").toString(), "--json"};
    assertThat(run(edit)).as(err.toString()).isZero();
    String job = json().get("job").asText();
    assertThat(run(edit)).isZero();
    assertThat(json().get("job").asText()).isEqualTo(job);
    assertThat(err.toString()).contains("was edited so before");
    Files.writeString(table, Looks.WARM.cube());
    assertThat(run(edit)).as(err.toString()).isZero();
    assertThat(json().get("job").asText()).isNotEqualTo(job);

    assertThat(run("job", job, "--json")).isZero();
    assertThat(json().get("stages").findValuesAsText("state")).containsOnly("done");
    assertThat(json().get("transitions").findValuesAsText("type")).contains("dissolve");
    assertThat(run("jobs", "--json")).isZero();
    assertThat(json().findValuesAsText("job")).contains(job);
    assertThat(run("cancel", job)).isEqualTo(2);
    assertThat(err.toString()).contains("has ended already, as final");
    assertThat(run("retry", job, "--shot", "1", "--watch")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("repeats it", "edited video   s3://answerprint-out/");
    assertThat(run("gc")).isZero();
    assertThat(out.toString()).contains("freed");
    assertThat(run("job", job)).isZero();
  }

  @Test
  void aRejectedUploadIsExitCodeTwoWithNothingInTheOutBucket() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video at all");
    Path result = folder.resolve("result.mp4");
    assertThat(run("edit", text.toString(), "--method", "none", "--out", result.toString(), "--json")).isEqualTo(2);
    assertThat(json().get("state").asText()).isEqualTo("rejected");
    assertThat(err.toString().lines().toList().getLast()).contains("was rejected").contains("text.mp4");
    assertThat(folder.toFile().list()).containsExactly("text.mp4");
    List<String> results = new ArrayList<>();
    jobs().objects().list(jobs().buckets().out(), "edit/", info -> results.add(info.key()));
    assertThat(results).noneMatch(key -> key.contains("text.mp4"));
    assertThat(run("retry", json().get("job").asText())).isEqualTo(2);
    assertThat(err.toString()).contains("was rejected");
  }

  @Test
  void aTableThatIsNowhereIsExitCodeTwo() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "method: look\noptions: { lut: looks/none.cube }\n");
    assertThat(run("edit", film.toString(), "--recipe", recipe.toString(), "--out", folder.resolve("x.mp4").toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("The look-up table looks/none.cube").hasLineCount(1);
    assertThat(folder.resolve("x.mp4")).doesNotExist();
  }

  @Test
  void aSecondSystemInTheSameFolderIsRefused() {
    assertThat(run("up", "--s3-port", "0")).isEqualTo(2);
    assertThat(err.toString()).contains(data.toString()).contains("in use").hasLineCount(1);
  }

  /** By what the operating system says, not by what was configured. */
  @Test
  void everyProcessListensOnLoopbackOnly() throws IOException {
    List<String> listening = new ArrayList<>();
    for (long process : system.processes()) {
      List<String> own = Listeners.of(process);
      assertThat(own).as("process " + process).isNotEmpty().allMatch(Listeners::isLoopback);
      listening.addAll(own);
    }
    assertThat(listening).as("broker, controller, S3 server, functions, two workers").hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void anEditByAModelThatIsNotThereIsRefusedAndRunsOnceItIs() throws Exception {
    Path small = SampleFile.make(SampleFilm.of(64, 64, 24, 4, 7), folder.resolve("small.mp4"));
    String[] edit = {"edit", small.toString(), "--method", "pix2video", "--model", "tiny", "--prompt", "snow", "--source-prompt", "grass",
        "--steps", "1", "--out", folder.resolve("small.out.mp4").toString(), "--json"};
    assertThat(run(edit)).isEqualTo(2);
    assertThat(err.toString()).contains("There is no model called 'tiny'", "models import DIR --name tiny");

    Path checkpoint = Path.of(LocalSystemTest.class.getResource("/sd-depth").toURI());
    assertThat(run("models", "import", checkpoint.toString(), "--name", "tiny")).as(err.toString()).isZero();
    assertThat(run(edit)).as(err.toString()).isZero();
    assertThat(json().get("state").asText()).isEqualTo("final");
  }

  @Test
  void whetherASystemElsewhereHasAModelIsForItToSay() throws Exception {
    StorageSettings.Credentials keys = system.storage().credentials().orElseThrow();
    Map<String, String> elsewhere = Map.of("ANSWERPRINT_S3_ENDPOINT", system.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", keys.accessKey(), "ANSWERPRINT_SECRET_KEY", keys.secretKey(), "ANSWERPRINT_KAFKA", system.kafka());
    assertThat(run(elsewhere, "edit", film.toString(), "--method", "pix2video", "--model", "theirs", "--prompt", "snow", "--json"))
        .isEqualTo(2);
    assertThat(json().get("state").asText()).isEqualTo("rejected");
  }

  @Test
  void aPreviewEditsOnePictureOfEachShotAndStops() throws IOException {
    String[] preview = {"edit", film.toString(), "--method", "none", "--preview", "--out", folder.resolve("seen.mp4").toString(), "--json"};
    assertThat(run(preview)).as(err.toString()).isZero();
    assertThat(json().get("state").asText()).isEqualTo("final");
    assertThat(json().get("shots").asInt()).isEqualTo(ShotList.of(film).shots().size());
    assertThat(Path.of(json().get("preview").asText())).isNotEmptyFile();
    assertThat(folder.resolve("seen.mp4")).doesNotExist();
    String job = json().get("job").asText();
    assertThat(run(preview)).isZero();
    assertThat(json().get("job").asText()).isEqualTo(job);
  }

  @Test
  void theFunctionsTakeEventsOfThoseWhoHaveTheTokenAndOfNoWebPage() throws Exception {
    String token = "Bearer " + system.httpToken();
    assertThat(posted("Authorization", token)).isEqualTo(200);
    assertThat(posted("X-Nothing", "x")).isEqualTo(401);
    assertThat(posted("Authorization", token, "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(posted("Authorization", token, "Sec-Fetch-Site", "same-origin")).isEqualTo(403);
    assertThat(data.resolve("running.json").toFile()).content().doesNotContain(system.httpToken());
  }

  private static int posted(String... headers) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + system.httpPort() + "/"))
        .headers(headers).headers("ce-id", "1", "ce-specversion", "1.0", "ce-source", "/test", "ce-type", "org.answerprint.sweep.due.v1",
            "Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void shotsAndProbeNeedNoSystem() throws IOException {
    assertThat(run("shots", film.toString(), "--json")).isZero();
    assertThat(json().fieldNames()).toIterable().containsExactly("fps", "frames", "shots");
    assertThat(json().get("fps").asDouble()).isEqualTo(24.0);
    assertThat(json().get("frames").asInt()).isEqualTo(SAMPLE.frameCount());
    assertThat(json().get("shots").get(0)).isEqualTo(new ObjectMapper().readTree("{\"start\":0,\"end\":16,\"cut\":\"start\"}"));
    assertThat(run("probe", film.toString(), "--json")).isZero();
    assertThat(json().get("accepted").asBoolean()).isTrue();
    assertThat(json().get("video").get("width").asInt()).isEqualTo(160);
  }
}
