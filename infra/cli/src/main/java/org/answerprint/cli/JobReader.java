package org.answerprint.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.End;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.recipe.ShotFailure;
import org.answerprint.stage.Progress;
import org.answerprint.storage.ObjectInfo;

/**
 * Reads one job from the bucket, with one listing a time; what is written once is read once. Not thread-safe.
 */
final class JobReader {

  private final JobStore jobs;
  private final JobId id;
  private final Map<String, Object> known = new HashMap<>();

  JobReader(JobStore jobs, JobId id) {
    this.jobs = jobs;
    this.id = id;
  }

  /** The job as it is now, or empty where there is none (yet). */
  Optional<JobView> read() {
    List<ObjectInfo> objects = jobs.list(JobKeys.folder(id));
    Map<String, ObjectInfo> found = new HashMap<>();
    objects.forEach(o -> found.put(o.key(), o));
    return once(found, JobKeys.job(id), Job.class).map(job -> new Look(job, found).view());
  }

  /** A record that never changes, if it is among what was found. */
  private <T> Optional<T> once(Map<String, ObjectInfo> found, String key, Class<T> type) {
    return found.containsKey(key) ? cached(key, key, type) : Optional.empty();
  }

  /** A record under a name that changes whenever the record does. */
  private <T> Optional<T> cached(String name, String key, Class<T> type) {
    Object value = known.get(name);
    if (value != null) {
      return Optional.of(type.cast(value));
    }
    Optional<T> read = jobs.read(key, type);
    read.ifPresent(v -> known.put(name, v));
    return read;
  }

  /** One look at what exists. */
  private final class Look {

    private final Job job;
    private final Map<String, ObjectInfo> found;
    private final Set<String> tried = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();

    Look(Job job, Map<String, ObjectInfo> found) {
      this.job = job;
      this.found = found;
      String tries = JobKeys.triesFolder(id);
      found.keySet().stream().filter(key -> key.startsWith(tries)).forEach(key -> {
        String task = key.substring(tries.length(), key.lastIndexOf('/'));
        tried.add(task);
        attempts.merge(task, 1, Integer::sum);
      });
    }

    JobView view() {
      Optional<Plan> plan = once(found, JobKeys.plan(id), Plan.class);
      List<PlannedShot> shots = job.order().isEmpty() ? List.of() : plan.map(Plan::shots).orElseGet(this::shotsSoFar);
      return new JobView(job, once(found, JobKeys.end(id), End.class), found.containsKey(JobKeys.cancelled(id)), plan.isPresent(),
          tried.contains("extract"), shots.stream().map(this::shot).toList(), joins(shots), tried.contains("assemble"));
    }

    private List<PlannedShot> shotsSoFar() {
      List<PlannedShot> shots = new ArrayList<>();
      for (int number = 1; found.containsKey(JobKeys.shotIndex(id, number)); number++) {
        once(found, JobKeys.shotIndex(id, number), ShotIndex.class).ifPresent(index -> shots.add(index.shot()));
      }
      return shots;
    }

    private ShotView shot(PlannedShot shot) {
      Optional<FailedMark> failure = failure(shot.edits());
      boolean substituted = failure.isPresent() && !shot.fallbacks().isEmpty() && failure(shot.fallbacks()).isEmpty()
          && job.accepted().recipe().onShotFailure() == ShotFailure.SOURCE;
      List<EditTask> serving = substituted ? shot.fallbacks() : shot.edits();
      boolean whole = serving.stream().allMatch(task -> isDone(task.key()));
      TaskState state = substituted ? TaskState.FALLBACK
          : failure.isPresent() ? TaskState.FAILED
          : whole ? TaskState.DONE
          : serving.stream().anyMatch(this::isBegun) ? TaskState.RUNNING : TaskState.PLANNED;
      long framesDone = serving.stream().mapToLong(this::framesDone).sum();
      int begun = shot.edits().stream().mapToInt(task -> attempts.getOrDefault(task.key().value(), 0)).sum();
      TimeBase time = job.accepted().timeBase();
      return new ShotView(shot.number(), time.seconds(shot.start() - shot.filmStart()), time.seconds(shot.end() - shot.start()),
          shot.frames(), shot.edits().getFirst().method(), state, whole, framesDone, begun, failure.map(FailedMark::reason));
    }

    private List<JoinView> joins(List<PlannedShot> shots) {
      List<JoinView> joins = new ArrayList<>();
      for (int i = 0; i + 1 < shots.size(); i++) {
        join(shots.get(i), shots.get(i + 1)).ifPresent(joins::add);
      }
      return joins;
    }

    private Optional<JoinView> join(PlannedShot left, PlannedShot right) {
      TaskPlanner planner = new TaskPlanner(job);
      return planner.transition(left, serving(left), right, serving(right), false).map(asked -> {
        Optional<FailedMark> failure = failed(asked.key());
        Optional<TransitionTask> substitute = failure.isPresent() && job.accepted().recipe().onShotFailure() == ShotFailure.SOURCE
            ? planner.transition(left, serving(left), right, serving(right), true)
                .filter(task -> !task.key().equals(asked.key()) && failed(task.key()).isEmpty())
            : Optional.empty();
        TransitionTask task = substitute.orElse(asked);
        boolean whole = isDone(task.key());
        TaskState state = substitute.isPresent() ? TaskState.FALLBACK
            : failure.isPresent() ? TaskState.FAILED
            : whole ? TaskState.DONE
            : tried.contains(task.key().value()) ? TaskState.RUNNING : TaskState.PLANNED;
        return new JoinView(left.number(), asked.type(), asked.leftFrames() + asked.rightFrames(), state, whole,
            failure.map(FailedMark::reason));
      });
    }

    private List<EditTask> serving(PlannedShot shot) {
      return failure(shot.edits()).isPresent() && !shot.fallbacks().isEmpty() ? shot.fallbacks() : shot.edits();
    }

    private Optional<FailedMark> failure(List<EditTask> tasks) {
      return tasks.stream().map(task -> failed(task.key())).flatMap(Optional::stream).findFirst();
    }

    private Optional<FailedMark> failed(TaskKey task) {
      return once(found, JobKeys.failed(id, task), FailedMark.class);
    }

    private boolean isDone(TaskKey task) {
      return found.containsKey(JobKeys.done(id, task));
    }

    private boolean isBegun(EditTask task) {
      return tried.contains(task.key().value()) || isDone(task.key());
    }

    private long framesDone(EditTask task) {
      if (isDone(task.key())) {
        return task.frames();
      }
      return progress(task.key()).filter(p -> p.total() > 0)
          .map(p -> Math.clamp(p.done() * task.frames() / p.total(), 0L, task.frames())).orElse(0L);
    }

    private Optional<Progress> progress(TaskKey task) {
      String key = JobKeys.progress(id, task);
      return Optional.ofNullable(found.get(key)).flatMap(info -> cached(key + "#" + info.tag(), key, Progress.class));
    }
  }
}
