package org.answerprint.notify;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.answerprint.binding.Bridge;
import org.answerprint.binding.StageProducer;
import org.answerprint.events.Fact;
import org.answerprint.stage.Stage;
import org.answerprint.webhooks.WebhookSettings;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Facts about ended jobs from Kafka to {@link NotifyService}; a receiver that is away keeps no other work waiting. */
@ApplicationScoped
public class NotifyBridge {

  private final Bridge bridge;
  private final NotifyService service;

  @Inject
  public NotifyBridge(Stage stage, Bridge bridge, Config config) {
    this.bridge = bridge;
    this.service = new NotifyService(stage, WebhookSettings.of(StageProducer.variables(config)));
  }

  @Incoming("ended")
  @Blocking(value = "notify", ordered = false)
  public void ended(ConsumerRecord<String, byte[]> message) {
    Fact fact = bridge.fact(message);
    bridge.patiently(() -> service.tell(fact));
  }
}
