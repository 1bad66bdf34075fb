package org.answerprint.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.facts.FactLine;
import org.answerprint.faults.Fault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.stage.Stage;
import org.answerprint.storage.ObjectInfo;

/**
 * Looks after what events may have missed: every open job is reviewed, and every upload that nobody has seen is
 * ingested; and workers are asked for, where the settings say of whom. Runs every minute; a lost event costs a minute, never a
 * job. Thread-safe.
 */
public final class SweepService {

  private final Stage stage;
  private final IngestService ingest;
  private final WorkerCall workers;

  public SweepService(Stage stage, IngestService ingest) {
    this(stage, ingest, new WorkerCall(stage));
  }

  SweepService(Stage stage, IngestService ingest, WorkerCall workers) {
    this.stage = stage;
    this.ingest = ingest;
    this.workers = workers;
  }

  /**
   * What a sweep found.
   *
   * @param reviewed open jobs
   * @param ingested uploads that no event had told of
   * @param called workers that were asked for
   */
  public record Swept(int reviewed, int ingested, int called) {}

  /** One sweep. */
  public Swept sweep() {
    JobStore jobs = stage.jobs();
    Instant now = stage.clock().instant();
    String occasion = "sweep-" + now.getEpochSecond();
    var open = jobs.open();
    open.forEach(job -> stage.outbox().send(new Fact.ReviewRequested(job, occasion)));
    int called = call(open);
    int ingested = 0;
    for (ObjectInfo missed : unseen(now)) {
      ingested += ingest(missed) ? 1 : 0;
    }
    return new Swept(open.size(), ingested, called);
  }

  /** What is wrong with the fleet keeps no upload waiting, nor does it go unsaid. */
  private int call(List<JobId> open) {
    try {
      return workers.ask(open);
    } catch (Fault e) {
      stage.facts().say(FactLine.of("call_failed", "").with("reason", e.getMessage()));
      return 0;
    }
  }

  /** Uploads that are old enough for their event to have been lost. */
  private List<ObjectInfo> unseen(Instant now) {
    JobStore jobs = stage.jobs();
    Duration age = stage.settings().sweepAge();
    List<ObjectInfo> unseen = new ArrayList<>();
    stage.store().list(jobs.buckets().in(), "", info -> {
      boolean old = info.modified().plus(age).isBefore(now);
      if (old && !Upload.isSupport(info.key()) && !jobs.exists(JobKeys.seen(Upload.of(jobs.buckets().in(), info).hash()))) {
        unseen.add(info);
      }
    });
    return unseen;
  }

  /** One that meets trouble keeps no other waiting; where it may pass, the next sweep finds it again. */
  private boolean ingest(ObjectInfo missed) {
    try {
      return ingest.landed(missed.key()) instanceof Ingested.Accepted;
    } catch (Fault e) {
      stage.facts().say(FactLine.of("sweep_failed", "").with("key", missed.key()).with("reason", e.getMessage()));
      return false;
    }
  }
}
