package org.answerprint.assemble;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.answerprint.binding.Bridge;
import org.answerprint.binding.Taker;
import org.answerprint.binding.Takers;
import org.answerprint.events.Channel;
import org.answerprint.events.JobId;
import org.answerprint.stage.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Facts about parts to {@code reconcile}, one after another; and complete films to {@link AssembleService}. */
@ApplicationScoped
public class AssembleBridge implements Takers {

  /** Each runs a muxer beside it: as many at once as a small machine bears. */
  private static final int AT_ONCE = 2;

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
    reconcile(bridge.fact(message).jobId());
  }

  private void reconcile(JobId job) {
    bridge.patiently(() -> stage.conductor().reconcile(job));
  }

  @Incoming("ready")
  @Blocking(value = "assemble", ordered = false)
  public void ready(ConsumerRecord<String, byte[]> message) {
    assemble(bridge.fact(message).jobId());
  }

  @Override
  public List<Taker> takers() {
    return List.of(
        new Taker(Channel.PARTS, 1, body -> reconcile(bridge.fact(body).jobId())),
        new Taker(Channel.READY, AT_ONCE, body -> assemble(bridge.fact(body).jobId())));
  }

  private void assemble(JobId job) {
    bridge.patiently(() -> service.assemble(job), last -> service.giveUp(job, last));
  }
}
