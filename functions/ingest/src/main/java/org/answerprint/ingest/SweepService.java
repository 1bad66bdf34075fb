package org.answerprint.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
    return new Swept(open.size(), ingestUnseen(now), called);
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

  /**
   * Sees to the uploads that are old enough for their event to have been lost, each as soon as it is listed: two listings tell them from
   * the others, however many there are.
   *
   * @return how many became jobs
   */
  private int ingestUnseen(Instant now) {
    String in = stage.jobs().buckets().in();
    Instant old = now.minus(stage.settings().sweepAge());
    Map<String, Instant> seen = stage.jobs().list(JobKeys.SEEN).stream().collect(Collectors.toMap(ObjectInfo::key, ObjectInfo::modified));
    AtomicInteger ingested = new AtomicInteger();
    stage.store().list(in, "", info -> {
      if (info.modified().isBefore(old) && !Upload.isSupport(info.key()) && !isSeen(Upload.of(in, info), seen) && ingest(info)) {
        ingested.incrementAndGet();
      }
    });
    return ingested.get();
  }

  /** Not what has landed again since; it may have been rejected. */
  private static boolean isSeen(Upload upload, Map<String, Instant> seen) {
    Instant last = seen.get(JobKeys.seen(upload.hash()));
    return last != null && !last.isBefore(upload.landed());
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
