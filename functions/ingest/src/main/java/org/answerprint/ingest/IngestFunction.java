package org.answerprint.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.binding.Answer;
import org.answerprint.events.MalformedEventException;
import org.answerprint.events.ObjectLanded;
import org.answerprint.events.StorageEvent;
import org.answerprint.stage.Stage;

/**
 * {@link IngestService} behind Funqy. The event's data is a storage notification as the store makes it, in the shape of
 * S3 notifications or of EventBridge.
 */
@Singleton
public class IngestFunction {

  /** The CloudEvents type of a storage notification that is posted over HTTP. */
  public static final String TYPE = "org.answerprint.storage.notified.v1";

  /** The CloudEvents type that asks for a sweep; schedulers send it every minute. */
  public static final String SWEEP = "org.answerprint.sweep.due.v1";

  private final IngestService ingest;
  private final SweepService sweeps;

  @Inject
  public IngestFunction(Stage stage) {
    this.ingest = new IngestService(stage);
    this.sweeps = new SweepService(stage, ingest);
  }

  /** Sees to every object that the notification tells of. */
  @Funq
  @CloudEventMapping(trigger = TYPE, responseSource = "/answerprint/ingest", responseType = "org.answerprint.storage.seen.v1")
  public Answer ingest(JsonNode notification) {
    List<ObjectLanded> landed;
    try {
      landed = StorageEvent.parse(notification.toString());
    } catch (MalformedEventException e) {
      return new Answer("rejected", List.of(), e.getMessage());
    }
    return answer(landed.stream().map(ingest::landed).toList());
  }

  /** One sweep over open jobs and unseen uploads. */
  @Funq
  @CloudEventMapping(trigger = SWEEP, responseSource = "/answerprint/ingest", responseType = "org.answerprint.swept.v1")
  public SweepService.Swept sweep() {
    return sweeps.sweep();
  }

  private static Answer answer(List<Ingested> results) {
    List<String> jobs = new ArrayList<>();
    String status = "ignored";
    String reason = "";
    for (Ingested result : results) {
      switch (result) {
        case Ingested.Accepted accepted -> {
          status = "accepted";
          jobs.add(accepted.job().value());
        }
        case Ingested.Rejected rejected -> {
          status = "rejected";
          reason = rejected.reason();
          jobs.add(rejected.job().value());
        }
        case Ingested.Waiting waiting -> {
          status = "waiting";
          reason = "waiting for " + String.join(", ", waiting.missing());
        }
        case Ingested.Ignored ignored -> reason = ignored.why();
      }
    }
    return new Answer(status, jobs, reason);
  }
}
