package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.answerprint.events.EndState;
import org.answerprint.events.FailureKind;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.stage.Progress;
import org.junit.jupiter.api.Test;

class JobReaderTest {

  private static final String DISSOLVE = Samples.LOOK + "transition: { type: dissolve, frames: 12 }\n";

  private static JobView read(Samples samples) {
    return new JobReader(samples.jobs, samples.job.id()).read().orElseThrow();
  }

  @Test
  void seesNothingBeforeIngestHasWrittenTheJob() {
    Samples samples = new Samples(Samples.LOOK, 50);
    assertThat(new JobReader(samples.jobs, samples.job.id()).read()).isEmpty();
  }

  @Test
  void showsShotsAsTheyAreFoundBeforeThereIsAPlan() {
    Samples samples = new Samples(Samples.LOOK, 2, 2, 2).accepted();
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), "extract", 1));
    samples.jobs.write(JobKeys.shotIndex(samples.job.id(), 1), new ShotIndex(samples.shots.getFirst(), new long[2], new long[2], new long[0]));
    JobView view = read(samples);
    assertThat(view.planned()).isFalse();
    assertThat(view.extracting()).isTrue();
    assertThat(view.shots()).extracting(ShotView::number).containsExactly(1);
  }

  @Test
  void tellsPlannedRunningAndDoneApartAndCountsFrames() {
    Samples samples = new Samples(DISSOLVE, 50, 100, 25).accepted().planned();
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(1).value(), 1));
    samples.done(samples.take(1), JobKeys.take(samples.take(1)));
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(2).value(), 1));
    samples.jobs.mark(JobKeys.attempt(samples.job.id(), samples.take(2).value(), 2));
    samples.jobs.write(JobKeys.progress(samples.job.id(), samples.take(2)), new Progress(30, 100));
    JobView view = read(samples);
    assertThat(view.shots()).extracting(ShotView::state).containsExactly(TaskState.DONE, TaskState.RUNNING, TaskState.PLANNED);
    assertThat(view.shots()).extracting(ShotView::framesDone).containsExactly(50L, 30L, 0L);
    assertThat(view.shots()).extracting(ShotView::attempts).containsExactly(1, 2, 0);
    assertThat(view.shots()).extracting(ShotView::start).containsExactly(0.0, 2.0, 6.0);
    assertThat(view.joins()).extracting(JoinView::state).containsExactly(TaskState.PLANNED, TaskState.PLANNED);
    assertThat(view.partsWhole()).isFalse();
  }

  @Test
  void followsProgressThatIsOverwritten() {
    Samples samples = new Samples(Samples.LOOK, 100).accepted().planned();
    JobReader reader = new JobReader(samples.jobs, samples.job.id());
    String key = JobKeys.progress(samples.job.id(), samples.take(1));
    samples.jobs.write(key, new Progress(30, 100));
    assertThat(reader.read().orElseThrow().framesDone()).isEqualTo(30);
    samples.jobs.delete(key);
    samples.jobs.write(key, new Progress(70, 100));
    assertThat(reader.read().orElseThrow().framesDone()).isEqualTo(70);
  }

  @Test
  void aFailedShotFallsBackToItsSourceWhereTheRecipeSaysSo() {
    Samples samples = new Samples(Samples.LOOK, 50, 50).accepted().planned();
    samples.jobs.write(JobKeys.failed(samples.job.id(), samples.take(2)), new FailedMark(3, FailureKind.INTERNAL, "it broke"));
    assertThat(read(samples).shots().get(1)).extracting(ShotView::state, ShotView::whole).containsExactly(TaskState.FALLBACK, false);
    samples.done(samples.fallback(2), JobKeys.take(samples.fallback(2)));
    ShotView shot = read(samples).shots().get(1);
    assertThat(shot.whole()).isTrue();
    assertThat(shot.reason()).contains("it broke");
  }

  @Test
  void aFailedShotFailsWhereTheRecipeSaysSo() {
    Samples samples = new Samples(Samples.LOOK + "onShotFailure: fail\n", 50).accepted().planned();
    samples.jobs.write(JobKeys.failed(samples.job.id(), samples.take(1)), new FailedMark(1, FailureKind.REQUEST, "it broke"));
    assertThat(read(samples).shots()).extracting(ShotView::state).containsExactly(TaskState.FAILED);
  }

  @Test
  void aFailedTransitionIsReplacedByADissolve() {
    Samples samples = new Samples(Samples.LOOK + "transition: { type: morph, frames: 12 }\n", 50, 50).accepted().planned();
    samples.jobs.write(JobKeys.failed(samples.job.id(), samples.join(1).key()), new FailedMark(3, FailureKind.INTERNAL, "no flow"));
    assertThat(read(samples).joins()).extracting(JoinView::type, JoinView::state, JoinView::whole)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("morph", TaskState.FALLBACK, false));
  }

  @Test
  void aFinalJobNamesItsResults() {
    Samples samples = new Samples(Samples.LOOK, 50).accepted().planned();
    samples.done(samples.take(1), JobKeys.take(samples.take(1))).ended(EndState.FINAL);
    JobSummary summary = JobSummary.of(read(samples), Samples.BUCKETS);
    assertThat(summary.state()).isEqualTo("final");
    assertThat(summary.stages()).extracting(JobSummary.Stage::state).containsOnly("done");
    assertThat(summary.results().orElseThrow().film())
        .isEqualTo("s3://test-out/films/a.mp4/" + samples.job.id() + ".mp4");
  }

  @Test
  void aJobThatIsToStopIsCancellingUntilItHasEnded() {
    Samples samples = new Samples(Samples.LOOK, 50).accepted();
    CancelCommand.mark(samples.jobs, samples.job.id());
    assertThat(read(samples).state()).isEqualTo("cancelling");
    assertThat(JobsCommand.lines(samples.jobs)).extracting(JobsCommand.Line::state).isEqualTo(List.of("cancelling"));
    samples.ended(EndState.CANCELLED);
    assertThat(read(samples).state()).isEqualTo("cancelled");
  }
}
