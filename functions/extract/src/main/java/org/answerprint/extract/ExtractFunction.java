package org.answerprint.extract;

import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.Answer;
import org.answerprint.events.Fact;
import org.answerprint.stage.Stage;

/** {@link ExtractService} behind Funqy. */
@Singleton
public class ExtractFunction {

  private final ExtractService service;

  @Inject
  public ExtractFunction(Stage stage) {
    this.service = new ExtractService(stage);
  }

  /** Finds the shots of an accepted video. */
  @Funq
  @CloudEventMapping(trigger = Fact.VideoAccepted.TYPE, responseSource = "/answerprint/extract", responseType = "org.answerprint.extract.answered.v1")
  public Answer extract(Fact.VideoAccepted accepted) {
    service.extract(accepted.jobId());
    return Answer.of("done", accepted.jobId().value());
  }
}
