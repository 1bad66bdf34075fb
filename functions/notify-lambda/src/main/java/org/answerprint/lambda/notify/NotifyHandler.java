package org.answerprint.lambda.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.StageProducer;
import org.answerprint.lambda.BatchAnswer;
import org.answerprint.lambda.Batches;
import org.answerprint.notify.NotifyService;
import org.answerprint.stage.Stage;
import org.answerprint.webhooks.WebhookSettings;
import org.eclipse.microprofile.config.Config;

/** Facts about ended jobs from their queue or topic to {@link NotifyService}. */
@Singleton
public class NotifyHandler {

  private final Batches batches;
  private final NotifyService service;

  @Inject
  public NotifyHandler(Stage stage, Batches batches, Config config) {
    this.batches = batches;
    this.service = new NotifyService(stage, WebhookSettings.of(StageProducer.variables(config)));
  }

  @Funq("notify")
  public BatchAnswer told(JsonNode call) {
    return batches.each(call, item -> service.tell(item.fact()));
  }
}
