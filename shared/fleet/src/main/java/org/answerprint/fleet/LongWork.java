package org.answerprint.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.storage.ObjectInfo;

/**
 * Hands the work on long films in, once however often it is asked for. The n-th submission is an object written before it, and its
 * receipt one written after: where the receipt stays away, or nothing is heard of a job for long, the next one is handed in. Two jobs
 * for one film do no harm but cost. Thread-safe.
 */
public final class LongWork {

  /** How often a job is handed in that is never heard of, before its film is given up. */
  public static final int SUBMISSIONS = 6;

  /** Whoever was about to hand a job in, and has not by then, died. */
  static final Duration HANDING_IN = Duration.ofMinutes(2);

  private final LongFilms films;
  private final JobStore jobs;
  private final JobSubmitter submitter;
  private final Clock clock;
  private final Duration patience;

  /**
   * Work on long films.
   *
   * @param patience how long the first submission may be silent; each later one twice as long as the one before
   */
  public LongWork(LongFilms films, JobStore jobs, JobSubmitter submitter, Clock clock, Duration patience) {
    this.films = films;
    this.jobs = jobs;
    this.submitter = submitter;
    this.clock = clock;
    this.patience = patience;
  }

  /** The answer for films that are done by whoever asks. */
  public static final Answer SHORT = new Answer.Short();

  /** What became of the work. */
  public sealed interface Answer {

    /** The film is short: whoever asks does it. */
    record Short() implements Answer {}

    /** A job does it, of now or of before. */
    record Elsewhere() implements Answer {}

    /** Nothing was ever heard of its jobs. */
    record GivenUp(String reason) implements Answer {}
  }

  /** The receipt: {@code submitted/<stage>/<n>.receipt}. */
  record Receipt(String service, String name) {}

  /** The mark: {@code submitted/<stage>/<n>}. */
  record Asked(String queue, String definition, Instant at) {}

  /**
   * Sees to it that a long film's work is done elsewhere.
   *
   * @throws TransientFault where it is not known whether the job was taken; ask again
   * @throws org.answerprint.faults.RequestFault where queue, definition or rights are missing
   */
  public Answer of(JobId job, LongFilms.Work work) {
    if (!films.isLong(jobs.existing(job).accepted())) {
      return SHORT;
    }
    List<ObjectInfo> marks = jobs.list(JobKeys.submissions(job, work.stage()));
    int last = (int) marks.stream().filter(mark -> !JobKeys.isReceipt(mark.key())).count();
    if (last > 0 && !isLost(job, work, last, marks)) {
      return new Answer.Elsewhere();
    }
    if (last >= SUBMISSIONS) {
      return new Answer.GivenUp("its film is long, and of " + SUBMISSIONS + " jobs that were handed in to " + work.stage()
          + " it none was heard of again; look at queue " + films.queue());
    }
    handIn(job, work, last + 1);
    return new Answer.Elsewhere();
  }

  private void handIn(JobId job, LongFilms.Work work, int number) {
    Asked asked = new Asked(films.queue(), films.definition(work), clock.instant());
    if (!jobs.write(JobKeys.submission(job, work.stage(), number), asked)) {
      return;
    }
    String name = work.stage() + "-" + job + "-" + number;
    String service = submitter.submit(Submission.of(name, asked.queue(), asked.definition()).withParameters(Map.of("job", job.value())));
    jobs.write(JobKeys.receipt(job, work.stage(), number), new Receipt(service, name));
  }

  private boolean isLost(JobId job, LongFilms.Work work, int number, List<ObjectInfo> marks) {
    Optional<Instant> receipt = at(marks, JobKeys.receipt(job, work.stage(), number));
    if (receipt.isEmpty()) {
      return at(marks, JobKeys.submission(job, work.stage(), number)).orElse(Instant.EPOCH).plus(HANDING_IN).isBefore(clock.instant());
    }
    Instant heard = Stream.concat(receipt.stream(), signs(job, work)).max(Comparator.naturalOrder()).orElseThrow();
    return heard.plus(patience.multipliedBy(1L << number - 1)).isBefore(clock.instant());
  }

  /** When whoever works on it was last seen. */
  private Stream<Instant> signs(JobId job, LongFilms.Work work) {
    Stream<ObjectInfo> attempts = jobs.list(JobKeys.triesFolder(job) + work.stage() + "/").stream();
    Stream<ObjectInfo> progress = jobs.objects().head(jobs.buckets().work(), JobKeys.progress(job, new TaskKey(work.stage()))).stream();
    return Stream.concat(attempts, progress).map(ObjectInfo::modified);
  }

  private static Optional<Instant> at(List<ObjectInfo> objects, String key) {
    return objects.stream().filter(object -> object.key().equals(key)).map(ObjectInfo::modified).findFirst();
  }
}
