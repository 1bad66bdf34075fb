package org.answerprint.cli;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.jobs.End;
import org.answerprint.jobs.JobStore;

/** Tells a line when a job begins and when it ends. Not thread-safe. */
final class UpNews {

  private final JobStore jobs;
  private final Consumer<String> news;
  private final Set<JobId> open = new HashSet<>();
  private final Set<JobId> known = new HashSet<>();

  /** Jobs that are there already are not told, but for those that are open. */
  UpNews(JobStore jobs, Consumer<String> news) {
    this.jobs = jobs;
    this.news = news;
    known.addAll(JobNames.all(jobs, ""));
    known.removeAll(jobs.open());
  }

  /** Looks once. */
  void look() {
    for (JobId id : JobNames.all(jobs, "")) {
      if (known.add(id)) {
        open.add(id);
        jobs.job(id).ifPresent(job -> news.accept("job " + id + ": " + job.upload().key() + " has landed"));
      }
    }
    for (JobId id : Set.copyOf(open)) {
      jobs.end(id).ifPresent(end -> {
        open.remove(id);
        news.accept("job " + id + ": " + words(end));
      });
    }
  }

  private static String words(End end) {
    return end.state() == EndState.FINAL
        ? "done, " + end.output().map(Object::toString).orElse("")
        : end.state().name().toLowerCase(java.util.Locale.ROOT) + Optional.of(end.reason().orElse("")).filter(r -> !r.isEmpty()).map(r -> ": " + r).orElse("");
  }
}
