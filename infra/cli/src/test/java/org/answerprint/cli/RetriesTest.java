package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.junit.jupiter.api.Test;

class RetriesTest {

  @Test
  void aFailedJobIsRepeatedUnderANewIdWithTheSameOrder() {
    Samples samples = new Samples(Samples.LOOK, 50, 50).accepted().planned().ended(EndState.FAILED);
    Job again = samples.retries().create(samples.job.id(), OptionalInt.of(2));
    assertThat(again.id()).isEqualTo(Job.idOfRetry(samples.job.id(), 1));
    assertThat(again.order()).isEqualTo(samples.job.order());
    assertThat(again.retry().orElseThrow().shot()).hasValue(2);
    assertThat(samples.jobs.job(again.id())).contains(again);
    assertThat(samples.jobs.open()).containsExactly(again.id());
  }

  @Test
  void everyRepetitionHasItsOwnNumberAndTheLastIsFound() {
    Samples samples = new Samples(Samples.LOOK, 50).accepted().planned().ended(EndState.FAILED);
    Job first = samples.retries().create(samples.job.id(), OptionalInt.empty());
    Job second = samples.retries().create(samples.job.id(), OptionalInt.empty());
    assertThat(second.retry().orElseThrow().number()).isEqualTo(2);
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(samples.retries().newest(samples.job.id())).isEqualTo(second.id());
  }

  @Test
  void refusesWhatRunsWhatWasRejectedAndShotsThatDoNotExist() {
    Samples running = new Samples(Samples.LOOK, 50).accepted().planned();
    assertThatThrownBy(() -> running.retries().create(running.job.id(), OptionalInt.empty()))
        .isInstanceOf(RequestFault.class).hasMessageContaining("has not ended");
    Samples rejected = new Samples(Samples.LOOK, 50).accepted().ended(EndState.REJECTED);
    assertThatThrownBy(() -> rejected.retries().create(rejected.job.id(), OptionalInt.empty()))
        .isInstanceOf(RequestFault.class).hasMessageContaining("was rejected (the reason)");
    Samples ended = new Samples(Samples.LOOK, 50).accepted().planned().ended(EndState.FINAL);
    assertThatThrownBy(() -> ended.retries().create(ended.job.id(), OptionalInt.of(2)))
        .isInstanceOf(RequestFault.class).hasMessageContaining("has no shot 2");
    assertThatThrownBy(() -> ended.retries().create(new JobId("unknown"), OptionalInt.empty())).isInstanceOf(RequestFault.class);
  }

  @Test
  void anEndedJobCannotBeCancelled() {
    Samples samples = new Samples(Samples.LOOK, 50).accepted().ended(EndState.FINAL);
    assertThatThrownBy(() -> CancelCommand.mark(samples.jobs, samples.job.id()))
        .isInstanceOf(RequestFault.class).hasMessageContaining("has ended already, as final");
    assertThat(samples.jobs.exists(JobKeys.cancelled(samples.job.id()))).isFalse();
    assertThat(samples.jobs.end(samples.job.id())).map(End::state).contains(EndState.FINAL);
  }

  @Test
  void aJobIsFoundByHowItsIdBegins() {
    Samples samples = new Samples(Samples.LOOK, 50).accepted();
    String id = samples.job.id().value();
    assertThat(JobNames.find(samples.jobs, id.substring(0, 6))).isEqualTo(samples.job.id());
    assertThatThrownBy(() -> JobNames.find(samples.jobs, "../x")).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> JobNames.find(samples.jobs, "0000000")).hasMessageContaining("there is no job");
  }
}
