package org.answerprint.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IngestFunctionTest {

  private static final byte[] FILM = Films.toybox(12, 3);

  @Inject Stage stage;

  @Test
  void aVideoThatLandsBecomesAJob() {
    put("plain/a film+more.mp4", FILM);
    String job = notified("plain/a+film%2Bmore.mp4").body("status", equalTo("accepted")).extract().path("jobs[0]");
    Job found = stage.jobs().existing(new JobId(job));
    assertThat(found.upload().key()).isEqualTo("plain/a film+more.mp4");
    assertThat(found.accepted().sources().getFirst().info().video().width()).isEqualTo(160);
    assertThat(stage.jobs().open()).contains(found.id());
  }

  @Test
  void theSameNotificationTwiceIsTheSameJob() {
    put("twice.mp4", FILM);
    String first = notified("twice.mp4").extract().path("jobs[0]");
    String second = notified("twice.mp4").extract().path("jobs[0]");
    assertThat(second).isEqualTo(first);
    assertThat(stage.jobs().list(JobKeys.triesFolder(new JobId(first)))).isEmpty();
  }

  @Test
  void anEmptyFileIsRejectedInWords() {
    put("empty.mp4", new byte[0]);
    notified("empty.mp4").body("status", equalTo("rejected")).body("reason", containsString("empty.mp4 cannot be edited: the file is empty"));
  }

  @Test
  void aKeyThatLeavesNoRoomForTheResultsIsRejectedInWords() {
    String key = "a-long-folder-name/".repeat(53) + "film.mp4";
    put(key, FILM);
    notified(key).body("status", equalTo("rejected")).body("reason", containsString("land the file under a shorter key"));
  }

  @Test
  void aRejectionThatDiedHalfwayIsSaidByTheNext() {
    put("halfway.mp4", "this is no video either\n".repeat(400));
    String job = notified("halfway.mp4").body("status", equalTo("rejected")).extract().path("jobs[0]");
    stage.store().delete(stage.jobs().buckets().work(), JobKeys.end(new JobId(job)));
    notified("halfway.mp4").body("status", equalTo("rejected")).body("reason", containsString("halfway.mp4"));
    assertThat(stage.jobs().end(new JobId(job))).isPresent();
  }

  @Test
  void anotherRecipeIsAnotherJob() {
    put("recipes/film.mp4", FILM);
    String plain = notified("recipes/film.mp4").extract().path("jobs[0]");
    put("recipes/film.mp4.recipe.yaml", "transition: {type: dissolve, frames: 6}\n");
    String dissolved = notified("recipes/film.mp4.recipe.yaml").body("status", equalTo("accepted")).extract().path("jobs[0]");
    assertThat(dissolved).isNotEqualTo(plain);
    assertThat(stage.jobs().existing(new JobId(dissolved)).upload().key()).isEqualTo("recipes/film.mp4");
  }

  @Test
  void everyMistakeOfARecipeIsNamedAtOnce() {
    put("wrong/recipe.yaml", "method: pix2vidoe\nseeed: 3\nonShotFailure: maybe\n");
    put("wrong/film.mp4", FILM);
    notified("wrong/film.mp4").body("status", equalTo("rejected"))
        .body("reason", containsString("pix2vidoe")).body("reason", containsString("seeed")).body("reason", containsString("onShotFailure"));
  }

  @Test
  void aRecipeThatIsTooLongRejectsWhatLandsBelowItAndKeepsNobodyWaiting() {
    put("long/recipe.yaml", "# a comment\n" + "#".repeat(65 << 10) + "\nmethod: none\n");
    put("long/film.mp4", FILM);
    String job = notified("long/film.mp4").body("status", equalTo("rejected"))
        .body("reason", containsString("long/recipe.yaml: the file is 66586 bytes long; allowed: at most 65536 bytes")).extract().path("jobs[0]");
    assertThat(stage.jobs().end(new JobId(job)).orElseThrow().state()).isEqualTo(EndState.REJECTED);
    assertThat(stage.jobs().exists(JobKeys.seen(Upload.find(stage.store(), stage.jobs().buckets().in(), "long/film.mp4").orElseThrow().hash()))).isTrue();
  }

  @Test
  void textNamedAsAVideoIsRejectedAndLeavesAnEndedJob() {
    put("text.mp4", "this is no video\n".repeat(400));
    String job = notified("text.mp4").body("status", equalTo("rejected")).body("reason", containsString("text.mp4")).extract().path("jobs[0]");
    End end = stage.jobs().end(new JobId(job)).orElseThrow();
    assertThat(end.state()).isEqualTo(EndState.REJECTED);
    assertThat(stage.jobs().open()).doesNotContain(new JobId(job));
    notified("text.mp4").body("status", equalTo("rejected"));
  }

  @Test
  void aMissingLookUpTableIsNamedBeforeAnyWork() {
    put("look/recipe.yaml", "method: look\noptions: {lut: looks/nowhere.cube}\n");
    put("look/film.mp4", FILM);
    notified("look/film.mp4").body("status", equalTo("rejected")).body("reason", containsString("looks/nowhere.cube"));
  }

  @Test
  void aFileThatIsNoLookUpTableIsRefused() {
    put("looks/fake.cube", "LUT_3D_SIZE 4\n0 0 0\n");
    put("fake/recipe.yaml", "method: look\noptions: {lut: looks/fake.cube}\n");
    put("fake/film.mp4", FILM);
    notified("fake/film.mp4").body("status", equalTo("rejected")).body("reason", containsString("LUT_3D_SIZE"));
  }

  @Test
  void aPictureIsNoVideoUnlessAStoryAsksForIt() {
    put("still.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    notified("still.png").body("status", equalTo("rejected"));
  }

  @Test
  void aStoryWaitsForTheLastOfItsInputs() {
    put("story/trip.recipe.yaml", "story:\n- {key: story/a.mp4, length: 1s}\n- {key: story/b.mp4}\n");
    notified("story/trip.recipe.yaml").body("status", equalTo("waiting")).body("reason", containsString("story/a.mp4"));
    put("story/a.mp4", FILM);
    notified("story/a.mp4").body("status", equalTo("waiting")).body("reason", equalTo("waiting for story/b.mp4"));
    put("story/b.mp4", FILM);
    String job = notified("story/b.mp4").body("status", equalTo("accepted")).extract().path("jobs[0]");
    Job story = stage.jobs().existing(new JobId(job));
    assertThat(story.outputKey()).isEqualTo("story/trip.recipe.yaml");
    assertThat(story.accepted().sources()).hasSize(2);
  }

  @Test
  void testEventsAndOtherBucketsAreIgnored() {
    post(IngestFunction.TYPE, "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"answerprint-in\"}").body("status", equalTo("ignored"));
    post(IngestFunction.TYPE, notification("somebody-elses", "film.mp4")).body("status", equalTo("ignored"));
  }

  @Test
  void aNotificationThatCannotBeReadIsAnsweredAndNotRetried() {
    post(IngestFunction.TYPE, "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{}}]}").body("status", equalTo("rejected"));
  }

  @Test
  void theBridgeIngestsWhatTheBrokerTellsOf() {
    put("bridge/film.mp4", FILM);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stage.jobs().open().stream()
        .anyMatch(id -> stage.jobs().job(id).filter(job -> job.upload().key().equals("bridge/film.mp4")).isPresent()));
  }

  @Test
  void aSweepReviewsOpenJobs() {
    put("sweep/film.mp4", FILM);
    notified("sweep/film.mp4");
    int reviewed = post(IngestFunction.SWEEP, "").extract().path("reviewed");
    assertThat(reviewed).isPositive();
  }

  private void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] bytes) {
    stage.store().put(stage.jobs().buckets().in(), key, bytes, "application/octet-stream");
  }

  private ValidatableResponse notified(String encodedKey) {
    return post(IngestFunction.TYPE, notification("answerprint-in", encodedKey));
  }

  private static String notification(String bucket, String encodedKey) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-11-21T10:00:00.000Z",
        "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":1,"eTag":"0","sequencer":"1"}}}]}
        """.formatted(bucket, encodedKey);
  }

  private static ValidatableResponse post(String type, String body) {
    return given().headers(Events.headers(type, List.of(type, body).hashCode() + "")).body(body.isEmpty() ? "null" : body)
        .post("/").then().statusCode(200);
  }
}
