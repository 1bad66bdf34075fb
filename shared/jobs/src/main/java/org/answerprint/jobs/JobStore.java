package org.answerprint.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.InternalFault;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/** Reads and writes a job's objects as typed values. Thread-safe. */
public final class JobStore {

  private static final int RECORD_LIMIT = 64 << 20;
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = new byte[0];

  private final ObjectStore store;
  private final Buckets buckets;

  public JobStore(ObjectStore store, Buckets buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  public ObjectStore objects() {
    return store;
  }

  public Buckets buckets() {
    return buckets;
  }

  public Optional<Job> job(JobId id) {
    return read(JobKeys.job(id), Job.class);
  }

  /** The job, which somebody says there is. */
  public Job existing(JobId id) {
    return job(id).orElseThrow(() -> new InternalFault("there is no job " + id + " in bucket " + buckets.work()));
  }

  public Optional<Plan> plan(JobId id) {
    return read(JobKeys.plan(id), Plan.class);
  }

  public Optional<End> end(JobId id) {
    return read(JobKeys.end(id), End.class);
  }

  public Optional<ShotIndex> shotIndex(JobId id, int shot) {
    return read(JobKeys.shotIndex(id, shot), ShotIndex.class);
  }

  public Optional<DoneMark> done(JobId id, TaskKey task) {
    return read(JobKeys.done(id, task), DoneMark.class);
  }

  public Optional<FailedMark> failed(JobId id, TaskKey task) {
    return read(JobKeys.failed(id, task), FailedMark.class);
  }

  public boolean isCancelled(JobId id) {
    return exists(JobKeys.cancelled(id));
  }

  public boolean isEnded(JobId id) {
    return exists(JobKeys.end(id));
  }

  /** Whether the bucket {@code work} has this object. */
  public boolean exists(String key) {
    return store.head(buckets.work(), key).isPresent();
  }

  /** A record of the bucket {@code work}. */
  public <T> Optional<T> read(String key, Class<T> type) {
    return store.get(buckets.work(), key, RECORD_LIMIT).map(bytes -> Json.read(bytes, type));
  }

  /** Writes a record once; false where it was there. */
  public boolean write(String key, Object value) {
    return store.putIfAbsent(buckets.work(), key, Json.pretty(value).getBytes(StandardCharsets.UTF_8), JSON);
  }

  /** Writes an empty mark once; false where it was there. */
  public boolean mark(String key) {
    return store.putIfAbsent(buckets.work(), key, NOTHING, "text/plain");
  }

  /** Writes an empty mark, dated now, whether it was there or not. */
  public void renew(String key) {
    store.put(buckets.work(), key, NOTHING, "text/plain");
  }

  /** Everything below a folder of the bucket {@code work}. */
  public List<ObjectInfo> list(String prefix) {
    List<ObjectInfo> found = new ArrayList<>();
    store.list(buckets.work(), prefix, found::add);
    return found;
  }

  public void delete(String key) {
    store.delete(buckets.work(), key);
  }

  /** Jobs that have not ended. */
  public List<JobId> open() {
    return list(JobKeys.OPEN).stream().map(o -> new JobId(o.key().substring(JobKeys.OPEN.length()))).toList();
  }

  /** Counts an attempt by an object written before the work; returns the lowest number that is free, from 1. */
  public int beginAttempt(JobId id, String task) {
    int attempt = 1;
    while (!mark(JobKeys.attempt(id, task, attempt))) {
      attempt++;
    }
    return attempt;
  }

  /** Notes an attempt that came to nothing, once. */
  public void spend(JobId id, TaskKey task, Instant begun, SpentMark mark) {
    write(JobKeys.spent(id, task, mark.attempt(), begun), mark);
  }

  /** The marks of all attempts that came to nothing, by task. */
  public Map<TaskKey, List<SpentMark>> spent(JobId id) {
    Map<TaskKey, List<SpentMark>> spent = new HashMap<>();
    String folder = JobKeys.spentFolder(id);
    for (ObjectInfo object : list(folder)) {
      TaskKey task = new TaskKey(object.key().substring(folder.length(), object.key().lastIndexOf('/')));
      read(object.key(), SpentMark.class).ifPresent(mark -> spent.computeIfAbsent(task, key -> new ArrayList<>()).add(mark));
    }
    return spent;
  }

  /** Takes an attempt back that ended through no fault of the task: a machine that was reclaimed. */
  public void forgetAttempt(JobId id, String task, int attempt) {
    delete(JobKeys.attempt(id, task, attempt));
  }

  /** Ends a job once; the first end stands. Returns the end that stands. */
  public End end(JobId id, End end) {
    return write(JobKeys.end(id), end) ? end : end(id).orElse(end);
  }

  /** Takes an ended job off the list of open ones. */
  public void close(JobId id) {
    delete(JobKeys.open(id));
  }
}
