package org.answerprint.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.InternalFault;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.WebhookReceiver;
import org.answerprint.webhooks.WebhookSettings;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
@QuarkusTestResource(WebhookReceiver.class)
class NotifyFunctionTest {

  @Inject Stage stage;
  @TestHTTPResource URI door;

  @ConfigProperty(name = "ANSWERPRINT_WEBHOOK_URL")
  String receiver;

  @Test
  void theBridgeTellsHowAJobEndedOnceItHas() {
    JobId job = job("told");
    stage.ender().stop(job, EndState.FAILED, "shot 2 broke");

    assertThat(awaitPosts(job, 1).getFirst()).startsWith("job-ended-told v1,").contains("\"state\":\"failed\"", "shot 2 broke", "films/told.mp4");
  }

  @Test
  void anEventThatIsNotTakenIsPostedAgainUnderTheSameIdInTheSameWords() {
    JobId job = job("refused");
    WebhookReceiver.refuseOnce(receiver, "refused.mp4");
    stage.ender().stop(job, EndState.CANCELLED, "it was cancelled");

    List<String> posts = awaitPosts(job, 2);
    assertThat(posts).allSatisfy(post -> assertThat(post).startsWith("job-ended-refused v1,"));
    assertThat(posts).extracting(post -> post.substring(post.indexOf('{'))).containsOnly(posts.getFirst().substring(posts.getFirst().indexOf('{')));
  }

  @Test
  void whoeverRepeatsTheFactIsAnsweredAndTheEventGoesOutAgain() {
    JobId job = job("again");
    stage.ender().stop(job, EndState.REJECTED, "no video");
    awaitPosts(job, 1);
    Fact fact = new Fact.JobEnded(job, EndState.REJECTED, Optional.of("no video"), Optional.empty());

    assertThat(Events.post(door, fact).ok().text("/status")).isEqualTo("done");
    assertThat(WebhookReceiver.posts(receiver, "films/again.mp4")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void otherFactsAreNobodysBusiness() {
    NotifyService service = new NotifyService(stage, WebhookSettings.of(settings("https://hooks.example.com")));

    assertThat(service.tell(new Fact.PartsCompleted(new JobId("parts")))).isEqualTo(NotifyService.Told.NOT_WANTED);
    assertThat(new NotifyService(stage, Optional.empty()).tell(ended(job("silent")))).isEqualTo(NotifyService.Told.NOT_WANTED);
  }

  @Test
  void anAddressOfOnesOwnNetworkBecomesADeadLetterAtOnce() {
    JobId job = job("inside");
    stage.jobs().end(job, new org.answerprint.jobs.End(EndState.CANCELLED, Optional.empty(), Optional.empty(), Instant.EPOCH));
    NotifyService service = new NotifyService(stage, WebhookSettings.of(settings("https://169.254.169.254/latest/meta-data")));

    assertThatThrownBy(() -> service.tell(ended(job))).isInstanceOf(InternalFault.class)
        .hasMessageContainingAll("open internet only", "./answerprint webhook replay inside");
  }

  private static Map<String, String> settings(String url) {
    return Map.of("ANSWERPRINT_WEBHOOK_URL", url, "ANSWERPRINT_WEBHOOK_SECRET", "a secret of twenty-four bytes");
  }

  private static Fact ended(JobId job) {
    return new Fact.JobEnded(job, EndState.CANCELLED, Optional.empty(), Optional.empty());
  }

  private JobId job(String name) {
    JobId id = new JobId(name);
    stage.jobs().write(JobKeys.job(id), new Job(id, new ObjectVersion(stage.jobs().buckets().in(), "films/" + name + ".mp4", "v1", 10), Instant.EPOCH,
        Optional.empty(), Optional.empty()));
    return id;
  }

  private List<String> awaitPosts(JobId job, int count) {
    String key = "films/" + job + ".mp4";
    return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> WebhookReceiver.posts(receiver, key), posts -> posts.size() >= count);
  }
}
