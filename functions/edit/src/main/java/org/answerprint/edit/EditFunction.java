package org.answerprint.edit;

import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.Answers;
import org.answerprint.binding.Answer;
import org.answerprint.events.WorkItem;
import org.answerprint.methods.Monitor;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.Stage;

/** {@link EditService} behind Funqy, for one shot at a time over HTTP; a worker takes its items from the work queue. */
@Singleton
public class EditFunction {

  private final EditService service;

  @Inject
  public EditFunction(Stage stage) {
    this.service = new EditService(stage);
  }

  @PreDestroy
  void close() {
    service.close();
  }

  /** Edits one shot or piece of one, and answers when it is done. */
  @Funq
  @CloudEventMapping(trigger = WorkItem.EditWork.TYPE, responseSource = "/answerprint/edit", responseType = "org.answerprint.edit.answered.v1")
  public Answer edit(WorkItem.EditWork item) {
    return Answers.of(item.jobId(), service.edit(item, Monitor.NONE, Delivery.FIRST));
  }
}
