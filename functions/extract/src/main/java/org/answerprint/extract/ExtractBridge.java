package org.answerprint.extract;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.answerprint.binding.Bridge;
import org.answerprint.stage.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Accepted videos from Kafka to {@link ExtractService}. */
@ApplicationScoped
public class ExtractBridge {

  private final Bridge bridge;
  private final ExtractService service;

  @Inject
  public ExtractBridge(Stage stage, Bridge bridge) {
    this.bridge = bridge;
    this.service = new ExtractService(stage);
  }

  @Incoming("accepted")
  @Blocking(value = "extract", ordered = false)
  public void accepted(ConsumerRecord<String, byte[]> message) {
    var job = bridge.fact(message).jobId();
    bridge.patiently(() -> service.extract(job), last -> service.giveUp(job, last));
  }
}
