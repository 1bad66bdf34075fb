package org.answerprint.lambda.extract;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.extract.ExtractService;
import org.answerprint.lambda.BatchAnswer;
import org.answerprint.lambda.Batches;
import org.answerprint.stage.Stage;

/** Accepted videos from their queue or topic to {@link ExtractService}. */
@Singleton
public class ExtractHandler {

  private final Batches batches;
  private final ExtractService service;

  @Inject
  public ExtractHandler(Stage stage, Batches batches) {
    this.batches = batches;
    this.service = new ExtractService(stage);
  }

  @Funq("extract")
  public BatchAnswer accepted(JsonNode call) {
    return batches.each(call, item -> service.extract(item.fact().jobId()));
  }
}
