package org.answerprint.notify;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.answerprint.binding.Bridge;
import org.answerprint.binding.StageProducer;
import org.answerprint.binding.Taker;
import org.answerprint.binding.Takers;
import org.answerprint.events.Channel;
import org.answerprint.events.Fact;
import org.answerprint.stage.Stage;
import org.answerprint.webhooks.WebhookSettings;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Facts about ended jobs to {@link NotifyService}; a receiver that is away keeps no other work waiting. */
@ApplicationScoped
public class NotifyBridge implements Takers {

  private static final int AT_ONCE = 4;

  private final Bridge bridge;
  private final NotifyService service;
  private final boolean wanted;

  @Inject
  public NotifyBridge(Stage stage, Bridge bridge, Config config) {
    Optional<WebhookSettings> settings = WebhookSettings.of(StageProducer.variables(config));
    this.bridge = bridge;
    this.service = new NotifyService(stage, settings);
    this.wanted = settings.isPresent();
  }

  @Incoming("ended")
  @Blocking(value = "notify", ordered = false)
  public void ended(ConsumerRecord<String, byte[]> message) {
    tell(bridge.fact(message));
  }

  /** None where nobody wants to be told: messages of a queue are somebody else's then. */
  @Override
  public List<Taker> takers() {
    return wanted ? List.of(new Taker(Channel.ENDED, AT_ONCE, body -> tell(bridge.fact(body)))) : List.of();
  }

  private void tell(Fact fact) {
    bridge.patiently(() -> service.tell(fact));
  }
}
