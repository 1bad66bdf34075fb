package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.InternalFault;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;
import org.junit.jupiter.api.Test;

class JobStoreTest {

  private final HandClock clock = new HandClock();
  private final JobStore jobs = new JobStore(new MemoryObjectStore(clock), Samples.BUCKETS);
  private final JobId id = new JobId("a-job");

  @Test
  void attemptsCountFromOne() {
    assertThat(List.of(jobs.beginAttempt(id, "t"), jobs.beginAttempt(id, "t"), jobs.beginAttempt(id, "other"),
        jobs.beginAttempt(id, "t")))
        .containsExactly(1, 2, 1, 3);
  }

  @Test
  void anAttemptThatWasHandedBackDoesNotCount() {
    jobs.beginAttempt(id, "t");
    jobs.forgetAttempt(id, "t", 1);
    assertThat(jobs.beginAttempt(id, "t")).isEqualTo(1);
  }

  @Test
  void anAttemptThatWasHandedBackWhileAnotherRanDoesNotCountEither() {
    jobs.beginAttempt(id, "t");
    jobs.beginAttempt(id, "t");
    jobs.forgetAttempt(id, "t", 1);

    assertThat(jobs.beginAttempt(id, "t")).as("one attempt was running, so this is the second").isLessThanOrEqualTo(2);
    assertThat(jobs.beginAttempt(id, "t")).isEqualTo(3);
  }

  @Test
  void noTwoAttemptsShareANumber() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> workers = IntStream.range(0, 64)
          .<Callable<Integer>>mapToObj(i -> () -> jobs.beginAttempt(id, "t")).toList();
      assertThat(threads.invokeAll(workers)).extracting(future -> future.get())
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 64).boxed().toList());
    }
  }

  @Test
  void attemptsThatCameToNothingAreKeptByTask() {
    TaskKey task = new TaskKey("a-task");
    jobs.spend(id, task, Samples.NOON, new SpentMark(1, 2.5));
    jobs.spend(id, task, Samples.NOON, new SpentMark(1, 99));
    jobs.spend(id, task, Samples.NOON.plusSeconds(9), new SpentMark(1, 4));
    jobs.spend(id, new TaskKey("another"), Samples.NOON, new SpentMark(3, 1));

    assertThat(jobs.spent(id)).containsOnlyKeys(task, new TaskKey("another"));
    assertThat(jobs.spent(id).get(task)).containsExactlyInAnyOrder(new SpentMark(1, 2.5), new SpentMark(1, 4));
  }

  @Test
  void openJobsAreThoseThatAreMarked() {
    jobs.mark(JobKeys.open(id));
    jobs.mark(JobKeys.open(new JobId("b-job")));
    jobs.close(id);
    jobs.close(id);

    assertThat(jobs.open()).containsExactly(new JobId("b-job"));
  }

  @Test
  void aJobThatSomebodySpeaksOfExists() {
    assertThatThrownBy(() -> jobs.existing(id)).isInstanceOf(InternalFault.class).hasMessageContaining("a-job");
  }

  @Test
  void recordsAreWrittenOnce() {
    assertThat(jobs.write("some/mark", new DoneMark(1, 2))).isTrue();
    assertThat(jobs.write("some/mark", new DoneMark(2, 3))).isFalse();
    assertThat(jobs.read("some/mark", DoneMark.class)).contains(new DoneMark(1, 2));
  }
}
