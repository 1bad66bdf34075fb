package org.answerprint.stage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.Fault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.storage.ObjectInfo;

/** A task's sign of life outside its job: jobs over the same film share tasks, and one of them makes what the others wait for. */
final class SharedSign {

  private static final int LIMIT = 256;

  private SharedSign() {}

  /** Says that this job's worker is at the task; what cannot be said costs at most double work. */
  static void give(Stage stage, JobId job, TaskKey task) {
    quietly(() -> stage.store().put(stage.jobs().buckets().work(), JobKeys.atWork(task), job.value().getBytes(StandardCharsets.UTF_8), "text/plain"));
  }

  static void end(Stage stage, TaskKey task) {
    quietly(() -> stage.jobs().delete(JobKeys.atWork(task)));
  }

  /** Whether a worker of another job is seen to be at the task. */
  static boolean isOfAnother(Stage stage, JobId job, TaskKey task) {
    String work = stage.jobs().buckets().work();
    Optional<ObjectInfo> sign = stage.store().head(work, JobKeys.atWork(task));
    return sign.filter(found -> found.modified().plus(stage.settings().lock()).isAfter(stage.clock().instant()))
        .flatMap(found -> stage.store().get(work, found.key(), LIMIT))
        .filter(bytes -> !new String(bytes, StandardCharsets.UTF_8).equals(job.value())).isPresent();
  }

  private static void quietly(Runnable words) {
    try {
      words.run();
    } catch (Fault e) {
      System.getLogger(SharedSign.class.getName()).log(System.Logger.Level.DEBUG, "a shared sign of life could not be changed", e);
    }
  }
}
