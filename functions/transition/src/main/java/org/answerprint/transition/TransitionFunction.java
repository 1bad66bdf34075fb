package org.answerprint.transition;

import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.Answer;
import org.answerprint.binding.Answers;
import org.answerprint.events.WorkItem;
import org.answerprint.methods.Monitor;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.Stage;

/** {@link TransitionService} behind Funqy, one cut at a time over HTTP; a worker takes its items from the work queue. */
@Singleton
public class TransitionFunction {

  private final TransitionService service;

  @Inject
  public TransitionFunction(Stage stage) {
    this.service = new TransitionService(stage);
  }

  /** Makes the frames across one cut, and answers when they are there. */
  @Funq
  @CloudEventMapping(
      trigger = WorkItem.TransitionWork.TYPE, responseSource = "/answerprint/transition", responseType = "org.answerprint.transition.answered.v1")
  public Answer transition(WorkItem.TransitionWork item) {
    return Answers.of(item.jobId(), service.bridge(item, Monitor.NONE, Delivery.FIRST));
  }
}
