package org.answerprint.lambda.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.events.StorageEvent;
import org.answerprint.ingest.IngestService;
import org.answerprint.lambda.BatchAnswer;
import org.answerprint.lambda.Batches;
import org.answerprint.stage.Stage;

/** Storage notifications from their queue to {@link IngestService}: the body of a message is what EventBridge or S3 says. */
@Singleton
public class IngestHandler {

  private final Batches batches;
  private final IngestService service;

  @Inject
  public IngestHandler(Stage stage, Batches batches) {
    this.batches = batches;
    this.service = new IngestService(stage);
  }

  @Funq("ingest")
  public BatchAnswer landed(JsonNode call) {
    return batches.each(call, item -> StorageEvent.parse(item.body()).forEach(service::landed));
  }
}
