package org.answerprint.ingest;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.answerprint.binding.Bridge;
import org.answerprint.events.MalformedEventException;
import org.answerprint.events.StorageEvent;
import org.answerprint.faults.InternalFault;
import org.answerprint.stage.Stage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Storage notifications from Kafka to {@link IngestService}, and the sweep by the clock. */
@ApplicationScoped
public class IngestBridge {

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
    try {
      StorageEvent.parse(message.value()).forEach(landed -> bridge.patiently(() -> ingest.landed(landed)));
    } catch (MalformedEventException e) {
      throw new InternalFault("a storage notification cannot be read: " + e.getMessage(), e);
    }
  }

  @Scheduled(every = "${answerprint.sweep.every:60s}", delayed = "${answerprint.sweep.delayed:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    bridge.patiently(sweeps::sweep);
  }
}
