package org.answerprint.ingest;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.answerprint.binding.Bridge;
import org.answerprint.binding.Taker;
import org.answerprint.binding.Takers;
import org.answerprint.events.Channel;
import org.answerprint.events.MalformedEventException;
import org.answerprint.events.StorageEvent;
import org.answerprint.faults.InternalFault;
import org.answerprint.stage.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Storage notifications to {@link IngestService}, and the sweep by the clock. */
@ApplicationScoped
public class IngestBridge implements Takers {

  /** Each runs a decoder beside it: as many at once as a small machine bears. */
  private static final int AT_ONCE = 2;

  private final Bridge bridge;
  private final IngestService ingest;
  private final SweepService sweeps;

  @Inject
  public IngestBridge(Stage stage, Bridge bridge) {
    this.bridge = bridge;
    this.ingest = new IngestService(stage);
    this.sweeps = new SweepService(stage, ingest);
  }

  @Incoming("storage")
  @Blocking(value = "ingest", ordered = false)
  public void landed(ConsumerRecord<String, byte[]> message) {
    landed(message.value());
  }

  @Override
  public List<Taker> takers() {
    return List.of(new Taker(Channel.STORAGE, AT_ONCE, this::landed));
  }

  private void landed(byte[] notification) {
    try {
      StorageEvent.parse(notification).forEach(landed -> bridge.patiently(() -> ingest.landed(landed)));
    } catch (MalformedEventException e) {
      throw new InternalFault("a storage notification cannot be read: " + e.getMessage(), e);
    }
  }

  @Scheduled(every = "${answerprint.sweep.every:60s}", delayed = "${answerprint.sweep.delayed:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    bridge.patiently(sweeps::sweep);
  }
}
