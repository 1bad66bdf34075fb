package org.answerprint.assemble;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.Json;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/** Keeps {@code latest.json} pointing at the result of the newest upload, whichever job ends first. */
final class Latest {

  private static final int LIMIT = 1 << 16;

  private Latest() {}

  /** The newest result. */
  record Pointer(JobId job, Instant created, String film, String report, String contactSheet) {}

  static void point(ObjectStore store, String bucket, Job job) {
    Pointer mine = new Pointer(job.id(), job.created(), job.filmKey(), job.reportKey(), job.contactSheetKey());
    byte[] bytes = Json.pretty(mine).getBytes(StandardCharsets.UTF_8);
    boolean settled = false;
    while (!settled) {
      Optional<ObjectInfo> there = store.head(bucket, job.latestKey());
      boolean newer = there.flatMap(info -> store.get(bucket, job.latestKey(), LIMIT)).map(b -> Json.read(b, Pointer.class))
          .filter(pointer -> pointer.created().isAfter(mine.created())).isPresent();
      settled = newer || store.replace(bucket, job.latestKey(), there.map(ObjectInfo::tag), bytes, "application/json");
    }
  }
}
