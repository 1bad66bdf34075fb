package org.answerprint.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.storage.ObjectInfo;

/**
 * The jobs of a bucket, for who looks again and again until something is so: a look is one listing, and each job is read once,
 * since it never changes. Not thread-safe.
 */
public final class SeenJobs {

  private static final String FOLDER = "jobs/";

  private final JobStore jobs;
  private final Map<JobId, Job> read = new HashMap<>();
  private final Set<JobId> ended = new HashSet<>();

  public SeenJobs(JobStore jobs) {
    this.jobs = jobs;
  }

  /** All jobs that there are now. */
  public List<Job> look() {
    for (ObjectInfo object : jobs.list(FOLDER)) {
      named(object, "/job.json").ifPresent(id -> read.computeIfAbsent(id, jobs::existing));
      named(object, "/end.json").ifPresent(ended::add);
    }
    return List.copyOf(read.values());
  }

  /** The jobs that there are now of uploads whose keys begin so. */
  public Stream<Job> of(String uploads) {
    return look().stream().filter(job -> job.upload().key().startsWith(uploads));
  }

  /** Those of them that have ended. */
  public Stream<Job> ended(String uploads) {
    return of(uploads).filter(this::isEnded);
  }

  /** Whether it had ended at the last look. */
  public boolean isEnded(Job job) {
    return ended.contains(job.id());
  }

  private static Optional<JobId> named(ObjectInfo object, String end) {
    String key = object.key();
    return key.endsWith(end) ? Optional.of(new JobId(key.substring(FOLDER.length(), key.length() - end.length()))) : Optional.empty();
  }
}
