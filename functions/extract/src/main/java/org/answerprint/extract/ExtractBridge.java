package org.answerprint.extract;

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

/** Accepted videos to {@link ExtractService}. */
@ApplicationScoped
public class ExtractBridge implements Takers {

  /** Each runs decoders beside it: as many at once as a small machine bears. */
  private static final int AT_ONCE = 2;

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
    extract(bridge.fact(message).jobId());
  }

  @Override
  public List<Taker> takers() {
    return List.of(new Taker(Channel.ACCEPTED, AT_ONCE, body -> extract(bridge.fact(body).jobId())));
  }

  private void extract(JobId job) {
    bridge.patiently(() -> service.extract(job), last -> service.giveUp(job, last));
  }
}
