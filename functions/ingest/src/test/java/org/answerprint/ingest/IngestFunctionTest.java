package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Answer;
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
  @TestHTTPResource URI door;

  @Test
  void aVideoThatLandsBecomesAJob() {
    put("plain/a film+more.mp4", FILM);
    String job = notified("plain/a+film%2Bmore.mp4", "accepted").text("/jobs/0");
    Job found = stage.jobs().existing(new JobId(job));
    assertThat(found.upload().key()).isEqualTo("plain/a film+more.mp4");
    assertThat(found.accepted().sources().getFirst().info().video().width()).isEqualTo(160);
    assertThat(stage.jobs().open()).contains(found.id());
  }

  @Test
  void theSameNotificationTwiceIsTheSameJob() {
    put("twice.mp4", FILM);
    String first = notified("twice.mp4").text("/jobs/0");
    String second = notified("twice.mp4").text("/jobs/0");
    assertThat(second).isEqualTo(first);
    assertThat(stage.jobs().list(JobKeys.triesFolder(new JobId(first)))).isEmpty();
  }

  @Test
  void anEmptyFileIsRejectedInWords() {
    put("empty.mp4", new byte[0]);
    assertThat(notified("empty.mp4", "rejected").text("/reason")).contains("empty.mp4 cannot be edited: the file is empty");
  }

  @Test
  void aKeyThatLeavesNoRoomForTheResultsIsRejectedInWords() {
    String key = "a-long-folder-name/".repeat(53) + "film.mp4";
    put(key, FILM);
    assertThat(notified(key, "rejected").text("/reason")).contains("land the file under a shorter key");
  }

  @Test
  void aRejectionThatDiedHalfwayIsSaidByTheNext() {
    put("halfway.mp4", "this is no video either\n".repeat(400));
    String job = notified("halfway.mp4", "rejected").text("/jobs/0");
    stage.store().delete(stage.jobs().buckets().work(), JobKeys.end(new JobId(job)));
    assertThat(notified("halfway.mp4", "rejected").text("/reason")).contains("halfway.mp4");
    assertThat(stage.jobs().end(new JobId(job))).isPresent();
  }

  @Test
  void anotherRecipeIsAnotherJob() {
    put("recipes/film.mp4", FILM);
    String plain = notified("recipes/film.mp4").text("/jobs/0");
    put("recipes/film.mp4.recipe.yaml", "transition: {type: dissolve, frames: 6}\n");
    String dissolved = notified("recipes/film.mp4.recipe.yaml", "accepted").text("/jobs/0");
    assertThat(dissolved).isNotEqualTo(plain);
    assertThat(stage.jobs().existing(new JobId(dissolved)).upload().key()).isEqualTo("recipes/film.mp4");
  }

  @Test
  void everyMistakeOfARecipeIsNamedAtOnce() {
    put("wrong/recipe.yaml", "method: pix2vidoe\nseeed: 3\nonShotFailure: maybe\n");
    put("wrong/film.mp4", FILM);
    assertThat(notified("wrong/film.mp4", "rejected").text("/reason")).contains("pix2vidoe", "seeed", "onShotFailure");
  }

  @Test
  void aRecipeThatIsTooLongRejectsWhatLandsBelowItAndKeepsNobodyWaiting() {
    put("long/recipe.yaml", "# a comment\n" + "#".repeat(65 << 10) + "\nmethod: none\n");
    put("long/film.mp4", FILM);
    Answer answer = notified("long/film.mp4", "rejected");
    assertThat(answer.text("/reason")).contains("long/recipe.yaml: the file is 66586 bytes long; allowed: at most 65536 bytes");
    String job = answer.text("/jobs/0");
    assertThat(stage.jobs().end(new JobId(job)).orElseThrow().state()).isEqualTo(EndState.REJECTED);
    assertThat(stage.jobs().exists(JobKeys.seen(Upload.find(stage.store(), stage.jobs().buckets().in(), "long/film.mp4").orElseThrow().hash()))).isTrue();
  }

  @Test
  void textNamedAsAVideoIsRejectedAndLeavesAnEndedJob() {
    put("text.mp4", "this is no video\n".repeat(400));
    Answer answer = notified("text.mp4", "rejected");
    assertThat(answer.text("/reason")).contains("text.mp4");
    String job = answer.text("/jobs/0");
    End end = stage.jobs().end(new JobId(job)).orElseThrow();
    assertThat(end.state()).isEqualTo(EndState.REJECTED);
    assertThat(stage.jobs().open()).doesNotContain(new JobId(job));
    assertThat(notified("text.mp4").text("/status")).isEqualTo("rejected");
  }

  @Test
  void aMissingLookUpTableIsNamedBeforeAnyWork() {
    put("look/recipe.yaml", "method: look\noptions: {lut: looks/nowhere.cube}\n");
    put("look/film.mp4", FILM);
    assertThat(notified("look/film.mp4", "rejected").text("/reason")).contains("looks/nowhere.cube");
  }

  @Test
  void aFileThatIsNoLookUpTableIsRefused() {
    put("looks/fake.cube", "LUT_3D_SIZE 4\n0 0 0\n");
    put("fake/recipe.yaml", "method: look\noptions: {lut: looks/fake.cube}\n");
    put("fake/film.mp4", FILM);
    assertThat(notified("fake/film.mp4", "rejected").text("/reason")).contains("LUT_3D_SIZE");
  }

  @Test
  void aPictureIsNoVideoUnlessAStoryAsksForIt() {
    put("still.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertThat(notified("still.png").text("/status")).isEqualTo("rejected");
  }

  @Test
  void aStoryWaitsForTheLastOfItsInputs() {
    put("story/trip.recipe.yaml", "story:\n- {key: story/a.mp4, length: 1s}\n- {key: story/b.mp4}\n");
    assertThat(notified("story/trip.recipe.yaml", "waiting").text("/reason")).contains("story/a.mp4");
    put("story/a.mp4", FILM);
    assertThat(notified("story/a.mp4", "waiting").text("/reason")).isEqualTo("waiting for story/b.mp4");
    put("story/b.mp4", FILM);
    String job = notified("story/b.mp4", "accepted").text("/jobs/0");
    Job story = stage.jobs().existing(new JobId(job));
    assertThat(story.outputKey()).isEqualTo("story/trip.recipe.yaml");
    assertThat(story.accepted().sources()).hasSize(2);
  }

  @Test
  void testEventsAndOtherBucketsAreIgnored() {
    String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"answerprint-in\"}";
    assertThat(post(IngestFunction.TYPE, test).text("/status")).isEqualTo("ignored");
    assertThat(post(IngestFunction.TYPE, notification("somebody-elses", "film.mp4")).text("/status")).isEqualTo("ignored");
  }

  @Test
  void aNotificationThatCannotBeReadIsAnsweredAndNotRetried() {
    String unreadable = "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{}}]}";
    assertThat(post(IngestFunction.TYPE, unreadable).text("/status")).isEqualTo("rejected");
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
    assertThat(post(IngestFunction.SWEEP, "").json().path("reviewed").intValue()).isPositive();
  }

  private void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] bytes) {
    stage.store().put(stage.jobs().buckets().in(), key, bytes, "application/octet-stream");
  }

  /** The answer to a notification, which is of this status. */
  private Answer notified(String encodedKey, String status) {
    Answer answer = notified(encodedKey);
    assertThat(answer.text("/status")).isEqualTo(status);
    return answer;
  }

  private Answer notified(String encodedKey) {
    return post(IngestFunction.TYPE, notification("answerprint-in", encodedKey));
  }

  private static String notification(String bucket, String encodedKey) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-11-21T10:00:00.000Z",
        "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":1,"eTag":"0","sequencer":"1"}}}]}
        """.formatted(bucket, encodedKey);
  }

  private Answer post(String type, String body) {
    return Events.post(door, type, List.of(type, body).hashCode() + "", body.isEmpty() ? "null" : body).ok();
  }
}
