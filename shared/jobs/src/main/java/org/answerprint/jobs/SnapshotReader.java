package org.answerprint.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.storage.ObjectInfo;

/**
 * Reads what exists of a job with one listing; records that are written once are read once. Thread-safe.
 */
final class SnapshotReader {

  private static final int CACHED = 4096;

  /** A snapshot and when each task last showed that somebody is at it. */
  record Reading(JobSnapshot snapshot, Map<String, Instant> begun) {}

  private final JobStore jobs;
  private final Map<String, Object> cache = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
      return size() > CACHED;
    }
  };

  SnapshotReader(JobStore jobs) {
    this.jobs = jobs;
  }

  Optional<Reading> read(JobId id) {
    Optional<Job> job = once(JobKeys.job(id), Job.class, () -> jobs.job(id));
    return job.map(found -> read(found, jobs.list(JobKeys.folder(id))));
  }

  private Reading read(Job job, List<ObjectInfo> objects) {
    JobId id = job.id();
    Set<String> keys = new HashSet<>();
    objects.forEach(o -> keys.add(o.key()));
    Optional<Plan> plan = keys.contains(JobKeys.plan(id)) ? once(JobKeys.plan(id), Plan.class, () -> jobs.plan(id)) : Optional.empty();
    List<PlannedShot> shots = plan.map(Plan::shots).orElseGet(() -> shotsSoFar(id, keys));
    return new Reading(
        new JobSnapshot(job, keys.contains(JobKeys.end(id)), keys.contains(JobKeys.cancelled(id)), plan, shots, done(id, keys), failed(id, keys)),
        begun(id, objects));
  }

  /** Shots are written in order, so that those that are there have no gap between them. */
  private List<PlannedShot> shotsSoFar(JobId id, Set<String> keys) {
    List<PlannedShot> shots = new ArrayList<>();
    for (int number = 1; keys.contains(JobKeys.shotIndex(id, number)); number++) {
      int shot = number;
      once(JobKeys.shotIndex(id, shot), PlannedShot.class, () -> jobs.shotIndex(id, shot).map(ShotIndex::shot)).ifPresent(shots::add);
    }
    return shots;
  }

  private static Set<TaskKey> done(JobId id, Set<String> keys) {
    Set<TaskKey> done = new HashSet<>();
    keys.stream().filter(k -> k.startsWith(JobKeys.doneFolder(id)))
        .forEach(k -> done.add(new TaskKey(k.substring(JobKeys.doneFolder(id).length()))));
    return done;
  }

  private Map<TaskKey, FailedMark> failed(JobId id, Set<String> keys) {
    Map<TaskKey, FailedMark> failed = new HashMap<>();
    keys.stream().filter(k -> k.startsWith(JobKeys.failedFolder(id))).forEach(k -> {
      TaskKey task = new TaskKey(k.substring(JobKeys.failedFolder(id).length()));
      once(k, FailedMark.class, () -> jobs.failed(id, task)).ifPresent(mark -> failed.put(task, mark));
    });
    return failed;
  }

  /** Long work shows its progress; only what has been silent for long may have to be begun again. */
  private static Map<String, Instant> begun(JobId id, List<ObjectInfo> objects) {
    Map<String, Instant> begun = new HashMap<>();
    for (ObjectInfo object : objects) {
      taskAt(id, object.key()).ifPresent(task -> begun.merge(task, object.modified(), (a, b) -> a.isAfter(b) ? a : b));
    }
    return begun;
  }

  private static Optional<String> taskAt(JobId id, String key) {
    if (key.startsWith(JobKeys.triesFolder(id))) {
      return Optional.of(key.substring(JobKeys.triesFolder(id).length(), key.lastIndexOf('/')));
    }
    if (JobKeys.isReceipt(key) && key.startsWith(JobKeys.submittedFolder(id))) {
      return Optional.of(key.substring(JobKeys.submittedFolder(id).length(), key.lastIndexOf('/')));
    }
    return key.startsWith(JobKeys.progressFolder(id)) ? Optional.of(key.substring(JobKeys.progressFolder(id).length())) : Optional.empty();
  }

  private synchronized <T> Optional<T> once(String key, Class<T> type, Supplier<Optional<T>> read) {
    Object known = cache.get(key);
    if (known != null) {
      return Optional.of(type.cast(known));
    }
    Optional<T> found = read.get();
    found.ifPresent(value -> cache.put(key, value));
    return found;
  }
}
