package org.answerprint.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.facts.FactLine;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Stage;
import org.answerprint.webhooks.JobNews;
import org.answerprint.webhooks.Webhook;
import org.answerprint.webhooks.WebhookSender;
import org.answerprint.webhooks.WebhookSettings;

/**
 * Posts the end of each job, at least once: a few times within a function's time, and again when its message comes again. The event's
 * id and words are the same each time. Thread-safe.
 */
public final class NotifyService {

  /** With the last post's own time, well within the minute that a function has. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RetryPolicy<Object> policy = RetryPolicy.builder().handle(TransientFault.class)
      .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16)).withJitter(0.2).withMaxRetries(-1).withMaxDuration(LONGEST).build();

  private final Stage stage;
  private final Optional<WebhookSender> sender;

  /** @param settings empty where nobody wants to be told */
  public NotifyService(Stage stage, Optional<WebhookSettings> settings) {
    this.stage = stage;
    this.sender = settings.map(to -> to.sender(stage.clock()));
  }

  /** What became of a fact. */
  public enum Told { DELIVERED, NOT_WANTED }

  /**
   * Tells of a fact, where it is one that others are told of: that a job ended, rejected ones among them.
   *
   * @throws TransientFault where the event was not taken in half a minute: deliver the fact again
   * @throws InternalFault where it can never be taken: the address is none that events are posted to
   */
  public Told tell(Fact fact) {
    if (sender.isEmpty() || !(fact instanceof Fact.JobEnded)) {
      return Told.NOT_WANTED;
    }
    try {
      Webhook webhook = JobNews.ended(stage.jobs(), fact.jobId());
      Failsafe.with(policy).run(() -> sender.get().send(webhook));
      say("webhook_delivered", fact.jobId(), "");
      return Told.DELIVERED;
    } catch (RequestFault never) {
      throw new InternalFault(never.getMessage() + "; then ./answerprint webhook replay " + fact.jobId(), never);
    } catch (TransientFault unwell) {
      say("webhook_refused", fact.jobId(), unwell.getMessage());
      throw unwell;
    }
  }

  private void say(String what, JobId job, String reason) {
    stage.facts().say(FactLine.of(what, job.value()).with("reason", reason));
  }
}
