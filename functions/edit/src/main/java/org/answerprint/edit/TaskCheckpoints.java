package org.answerprint.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.Fault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Checkpoints;
import org.answerprint.storage.ObjectStore;

/**
 * A task's checkpoints, objects in its job's folder, one for each step that is kept. The first step is written, and later ones as often
 * as writing takes a twentieth of the time: a dead worker costs seconds and a living one little. Not thread-safe.
 */
final class TaskCheckpoints implements Checkpoints {

  private static final int RARITY = 20;
  /** A shot of a minute at the size of Stable Diffusion holds some hundred megabytes. */
  private static final int LARGEST = 1 << 30;

  private final ObjectStore store;
  private final String bucket;
  private final String folder;
  private final LongSupplier nanos;
  private long next;

  TaskCheckpoints(ObjectStore store, String bucket, JobId job, TaskKey task) {
    this(store, bucket, job, task, System::nanoTime);
  }

  TaskCheckpoints(ObjectStore store, String bucket, JobId job, TaskKey task, LongSupplier nanos) {
    this.store = store;
    this.bucket = bucket;
    this.folder = JobKeys.checkpoints(job, task);
    this.nanos = nanos;
    this.next = nanos.getAsLong();
  }

  @Override
  public Optional<byte[]> latest() {
    List<String> keys = keys();
    return keys.isEmpty() ? Optional.empty() : store.get(bucket, keys.getLast(), LARGEST);
  }

  @Override
  public void keep(int step, byte[] state) {
    long begin = nanos.getAsLong();
    if (begin - next < 0) {
      return;
    }
    try {
      List<String> before = keys();
      String key = folder + String.format(Locale.ROOT, "%06d", step);
      store.putIfAbsent(bucket, key, state, "application/octet-stream");
      before.stream().filter(old -> old.compareTo(key) < 0).forEach(old -> store.delete(bucket, old));
    } catch (Fault e) {
      // going on is worth more than what a crash would cost now
      System.getLogger(TaskCheckpoints.class.getName()).log(System.Logger.Level.DEBUG, "a checkpoint could not be kept", e);
    }
    long end = nanos.getAsLong();
    next = end + RARITY * (end - begin);
  }

  /** Takes all of them away, when the task's output is there. */
  void clear() {
    try {
      keys().forEach(key -> store.delete(bucket, key));
    } catch (Fault e) {
      System.getLogger(TaskCheckpoints.class.getName()).log(System.Logger.Level.DEBUG, "checkpoints are left to gc", e);
    }
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    store.list(bucket, folder, object -> keys.add(object.key()));
    return keys;
  }
}
