package org.answerprint.notify;

import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.Answer;
import org.answerprint.binding.StageProducer;
import org.answerprint.events.Fact;
import org.answerprint.stage.Stage;
import org.answerprint.webhooks.WebhookSettings;
import org.eclipse.microprofile.config.Config;

/** {@link NotifyService} behind Funqy. */
@Singleton
public class NotifyFunction {

  private final NotifyService service;

  @Inject
  public NotifyFunction(Stage stage, Config config) {
    this.service = new NotifyService(stage, WebhookSettings.of(StageProducer.variables(config)));
  }

  /** Tells others that a job ended. */
  @Funq
  @CloudEventMapping(trigger = Fact.JobEnded.TYPE, responseSource = "/answerprint/notify", responseType = "org.answerprint.notify.answered.v1")
  public Answer jobEnded(Fact.JobEnded ended) {
    return Answer.of(service.tell(ended) == NotifyService.Told.DELIVERED ? "done" : "ignored", ended.jobId().value());
  }
}
