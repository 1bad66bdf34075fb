package org.answerprint.lambda.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.answerprint.events.Channel;
import org.answerprint.faults.RequestFault;
import org.answerprint.ingest.IngestService;
import org.answerprint.ingest.SweepService;
import org.answerprint.stage.Stage;

/** What a scheduler calls every minute. Where facts travel over Kafka, their topics are made here, as nobody else may. */
@Singleton
public class SweepHandler {

  /** The only thing that it is called for. */
  static final String DUE = "org.answerprint.sweep.due.v1";

  private static final List<Channel> FACTS = List.of(Channel.ACCEPTED, Channel.PARTS, Channel.READY, Channel.ENDED);

  private final Stage stage;
  private final SweepService service;
  private volatile boolean prepared;

  @Inject
  public SweepHandler(Stage stage) {
    this.stage = stage;
    this.service = new SweepService(stage, new IngestService(stage));
  }

  /** One sweep over open jobs and unseen uploads; trouble is thrown, and the next sweep is a minute away. */
  @Funq("sweep")
  public SweepService.Swept sweep(JsonNode call) {
    if (!DUE.equals(call.path("type").asText())) {
      throw new RequestFault("a call asks for '" + call.path("type").asText() + "'; this function knows " + DUE + " only");
    }
    if (!prepared) {
      stage.createTopics(FACTS);
      prepared = true;
    }
    return service.sweep();
  }
}
