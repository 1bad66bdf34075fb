package org.answerprint.lambda.assemble;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.assemble.AssembleService;
import org.answerprint.events.Fact;
import org.answerprint.lambda.BatchAnswer;
import org.answerprint.lambda.Batches;
import org.answerprint.stage.Stage;

/** Facts about parts to {@code reconcile}, and complete films to {@link AssembleService}; either may come on one function. */
@Singleton
public class AssembleHandler {

  private final Stage stage;
  private final Batches batches;
  private final AssembleService service;

  @Inject
  public AssembleHandler(Stage stage, Batches batches) {
    this.stage = stage;
    this.batches = batches;
    this.service = new AssembleService(stage);
  }

  @Funq("assemble")
  public BatchAnswer told(JsonNode call) {
    return batches.each(call, item -> take(item.fact()));
  }

  private void take(Fact fact) {
    if (fact instanceof Fact.PartsCompleted) {
      service.assemble(fact.jobId());
    } else {
      stage.conductor().reconcile(fact.jobId());
    }
  }
}
