package org.answerprint.assemble;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.answerprint.binding.Bridge;
import org.answerprint.stage.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Facts about parts from Kafka to {@code reconcile}, in the order of each job; and complete films to {@link AssembleService}. */
@ApplicationScoped
public class AssembleBridge {

  private final Stage stage;
  private final Bridge bridge;
  private final AssembleService service;

  @Inject
  public AssembleBridge(Stage stage, Bridge bridge) {
    this.stage = stage;
    this.bridge = bridge;
    this.service = new AssembleService(stage);
  }

  @Incoming("parts")
  @Blocking
  public void part(ConsumerRecord<String, byte[]> message) {
    var job = bridge.fact(message).jobId();
    bridge.patiently(() -> stage.conductor().reconcile(job));
  }

  @Incoming("ready")
  @Blocking(value = "assemble", ordered = false)
  public void ready(ConsumerRecord<String, byte[]> message) {
    var job = bridge.fact(message).jobId();
    bridge.patiently(() -> service.assemble(job), last -> service.giveUp(job, last));
  }
}
