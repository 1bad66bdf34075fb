package org.answerprint.cli;

import java.util.List;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;

/** Jobs as people name them: by their id or by its first characters. */
final class JobNames {

  private static final String JOBS = "jobs/";
  private static final int SHORTEST = 4;

  private JobNames() {}

  /**
   * The job of that name.
   *
   * @throws RequestFault where there is none, or more than one
   */
  static JobId find(JobStore jobs, String name) {
    if (!name.matches("[0-9a-z-]{1,64}")) {
      throw new RequestFault("'" + name + "' is no job's id; ./answerprint jobs lists them");
    }
    JobId exact = new JobId(name);
    if (jobs.exists(JobKeys.job(exact))) {
      return exact;
    }
    List<JobId> matching = name.length() < SHORTEST ? List.of() : all(jobs, name);
    if (matching.size() > 1) {
      throw new RequestFault("there are " + matching.size() + " jobs whose ids begin with " + name + "; write more of it");
    }
    return matching.stream().findFirst().orElseThrow(() -> unknown(jobs, exact));
  }

  static RequestFault unknown(JobStore jobs, JobId id) {
    return new RequestFault("there is no job " + id + " in bucket " + jobs.buckets().work() + "; ./answerprint jobs lists them");
  }

  /** Every job whose id begins so. */
  static List<JobId> all(JobStore jobs, String prefix) {
    return jobs.list(JOBS + prefix).stream().map(info -> info.key().substring(JOBS.length()))
        .filter(key -> key.endsWith("/job.json") && key.indexOf('/') == key.lastIndexOf('/'))
        .map(key -> new JobId(key.substring(0, key.indexOf('/')))).toList();
  }
}
