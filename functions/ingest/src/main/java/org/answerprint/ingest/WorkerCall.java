package org.answerprint.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.fleet.Backlog;
import org.answerprint.fleet.GpuCall;
import org.answerprint.jobs.Plan;
import org.answerprint.queue.QueueDepth;
import org.answerprint.stage.Stage;

/** The part of a sweep that asks for workers, where the settings say of whom. Thread-safe. */
final class WorkerCall {

  private static final int REMEMBERED = 1000;

  private final Stage stage;
  private final Supplier<Optional<QueueDepth>> depths;
  private final Map<JobId, Pace> paces = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<JobId, Pace> eldest) {
      return size() > REMEMBERED;
    }
  };

  WorkerCall(Stage stage) {
    this(stage, stage::workDepth);
  }

  WorkerCall(Stage stage, Supplier<Optional<QueueDepth>> depths) {
    this.stage = stage;
    this.depths = depths;
  }

  /** What a job's plan expects of its items: how many there are, and what all of them take a worker. */
  private record Pace(long items, double seconds) {

    static Pace of(Plan plan) {
      return new Pace(plan.shots().stream().mapToLong(shot -> shot.edits().size()).sum(), plan.estimate().seconds());
    }
  }

  /**
   * Asks for the workers that the queue is worth.
   *
   * @param open jobs that have not ended
   * @return how many were asked for
   */
  int ask(List<JobId> open) {
    Optional<GpuCall> call = stage.gpuCall();
    if (call.isEmpty()) {
      return 0;
    }
    QueueDepth depth = depths.get().orElseThrow(() -> new RequestFault(
        "workers are asked for by the length of the work queue, and only SQS tells it; set ANSWERPRINT_WORK_QUEUE=sqs"));
    return depth.items() == 0 ? 0 : call.get().ask(new Backlog(depth.items(), secondsEach(open)));
  }

  /** The mean over the items of all open jobs that are planned; 0 where none is. */
  private synchronized double secondsEach(List<JobId> open) {
    List<Pace> known = open.stream().flatMap(job -> pace(job).stream()).toList();
    long items = known.stream().mapToLong(Pace::items).sum();
    return items == 0 ? 0 : known.stream().mapToDouble(Pace::seconds).sum() / items;
  }

  /** Plans are written once, so they are read once. */
  private Optional<Pace> pace(JobId job) {
    if (!paces.containsKey(job)) {
      stage.jobs().plan(job).map(Pace::of).ifPresent(pace -> paces.put(job, pace));
    }
    return Optional.ofNullable(paces.get(job));
  }
}
