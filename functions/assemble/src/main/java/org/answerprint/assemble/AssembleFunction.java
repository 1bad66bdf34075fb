package org.answerprint.assemble;

import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.answerprint.binding.Answer;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.stage.Stage;

/** {@link AssembleService} behind Funqy, and {@code reconcile} for every fact about a part. */
@Singleton
public class AssembleFunction {

  private static final String SOURCE = "/answerprint/assemble";
  private static final String ANSWERED = "org.answerprint.assemble.answered.v1";

  private final Stage stage;
  private final AssembleService service;

  @Inject
  public AssembleFunction(Stage stage) {
    this.stage = stage;
    this.service = new AssembleService(stage);
  }

  /** Joins the parts of a film that are all there. */
  @Funq
  @CloudEventMapping(trigger = Fact.PartsCompleted.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer assemble(Fact.PartsCompleted completed) {
    service.assemble(completed.jobId());
    return Answer.of("done", completed.jobId().value());
  }

  /** Sends out what a job needs next. */
  @Funq
  @CloudEventMapping(trigger = Fact.ReviewRequested.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer reconcile(Fact.ReviewRequested review) {
    return reconcile(review.jobId());
  }

  @Funq
  @CloudEventMapping(trigger = Fact.ShotFound.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer shotFound(Fact.ShotFound found) {
    return reconcile(found.jobId());
  }

  @Funq
  @CloudEventMapping(trigger = Fact.FilmPlanned.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer filmPlanned(Fact.FilmPlanned planned) {
    return reconcile(planned.jobId());
  }

  @Funq
  @CloudEventMapping(trigger = Fact.ShotEdited.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer shotEdited(Fact.ShotEdited edited) {
    return reconcile(edited.jobId());
  }

  @Funq
  @CloudEventMapping(trigger = Fact.TransitionMade.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer transitionMade(Fact.TransitionMade made) {
    return reconcile(made.jobId());
  }

  @Funq
  @CloudEventMapping(trigger = Fact.TaskFailed.TYPE, responseSource = SOURCE, responseType = ANSWERED)
  public Answer taskFailed(Fact.TaskFailed failed) {
    return reconcile(failed.jobId());
  }

  private Answer reconcile(JobId job) {
    stage.conductor().reconcile(job);
    return Answer.of("done", job.value());
  }
}
