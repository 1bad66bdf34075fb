package org.answerprint.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch service in memory that may be unwell, before or after it has taken a job. */
final class HandedIn implements JobSubmitter {

  final List<Submission> jobs = new ArrayList<>();
  Optional<RuntimeException> before = Optional.empty();
  Optional<RuntimeException> after = Optional.empty();

  @Override
  public String submit(Submission job) {
    before.ifPresent(trouble -> {
      throw trouble;
    });
    jobs.add(job);
    after.ifPresent(trouble -> {
      throw trouble;
    });
    return "service-" + jobs.size();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
