package org.answerprint.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.ObjectVersion;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.MemoryObjectStore;
import org.junit.jupiter.api.Test;

class JobNewsTest {

  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final JobStore jobs = new JobStore(new MemoryObjectStore(Clock.systemUTC()), Buckets.prefixed("films"));
  private final JobId id = new JobId("5f0c9a1b");

  @Test
  void aFinishedFilmIsToldWithWhereItAndItsReportLie() {
    job();
    jobs.end(id, new End(EndState.FINAL, Optional.empty(), Optional.of(new ObjectRef("films-out", "a.mp4/5f0c9a1b.mp4")), NOON));

    Webhook webhook = JobNews.ended(jobs, id);
    assertThat(webhook.id()).isEqualTo("job-ended-5f0c9a1b");
    assertThat(webhook.body()).isEqualTo("""
        {"type":"org.answerprint.job.ended.v1","timestamp":"2026-03-04T12:00:00Z","data":{"jobId":"5f0c9a1b","state":"final",\
        "upload":{"bucket":"films-in","key":"a.mp4","version":"v1","size":10},\
        "output":{"bucket":"films-out","key":"a.mp4/5f0c9a1b.mp4"},\
        "report":{"bucket":"films-out","key":"a.mp4/5f0c9a1b.report.json"}}}""");
    assertThat(JobNews.ended(jobs, id)).as("the same words again").isEqualTo(webhook);
  }

  @Test
  void aJobWithoutAFilmIsToldWithItsReason() {
    job();
    jobs.end(id, new End(EndState.FAILED, Optional.of("shot 2 \"broke\""), Optional.empty(), NOON));

    assertThat(JobNews.ended(jobs, id).body()).contains("\"state\":\"failed\",\"reason\":\"shot 2 \\\"broke\\\"\"").doesNotContain("output", "report");
  }

  @Test
  void whatHasNotEndedIsNoNews() {
    assertThatThrownBy(() -> JobNews.ended(jobs, id)).isInstanceOf(RequestFault.class).hasMessageContaining("no job 5f0c9a1b");
    job();
    assertThatThrownBy(() -> JobNews.ended(jobs, id)).isInstanceOf(RequestFault.class).hasMessageContaining("has not ended");
  }

  private void job() {
    jobs.write(JobKeys.job(id), new Job(id, new ObjectVersion("films-in", "a.mp4", "v1", 10), NOON, Optional.empty(), Optional.empty()));
  }
}
