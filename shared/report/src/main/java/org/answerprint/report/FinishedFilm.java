package org.answerprint.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.Assembly;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.SpentMark;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.media.FilmReport;

/**
 * Everything that is known of a film when it has been joined.
 *
 * @param job an accepted one
 * @param plan of the job
 * @param assembly what was joined
 * @param done the marks of the tasks that were finished, every one of the assembly among them
 * @param failed the marks of transitions that were given up and replaced; others may be among them
 * @param spent the marks of attempts that came to nothing
 * @param facts of the assembly's segments, as far as they are known
 * @param film what joining found
 * @param digest sha256 of the film's file, 64 lower-case hexadecimal characters
 * @param assembleSeconds what joining took
 */
public record FinishedFilm(
    Job job,
    Plan plan,
    Assembly assembly,
    Map<TaskKey, DoneMark> done,
    Map<TaskKey, FailedMark> failed,
    Map<TaskKey, List<SpentMark>> spent,
    Map<TaskKey, TaskFacts> facts,
    FilmReport film,
    String digest,
    double assembleSeconds) {

  private static final int READS_AT_ONCE = 16;

  public FinishedFilm {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(assembly, "assembly");
    done = Map.copyOf(done);
    failed = Map.copyOf(failed);
    spent = Map.copyOf(spent);
    facts = Map.copyOf(facts);
    Objects.requireNonNull(film, "film");
    Sha256.require(digest);
  }

  /** Reads the marks and facts of an assembly from the bucket {@code work}, several at a time. */
  public static FinishedFilm gather(
      JobStore store, Job job, Plan plan, Assembly assembly, FilmReport film, String digest, double assembleSeconds) {
    var takes = assembly.shots().stream().flatMap(shot -> shot.takes().stream()).map(EditTask::key).toList();
    var transitions = assembly.shots().stream().flatMap(shot -> shot.transition().stream()).map(TransitionTask::key).toList();
    var done = read(finished(store, job), key -> store.done(job.id(), key));
    var failed = read(replaced(job, assembly), key -> store.failed(job.id(), key));
    var facts = read(takes, key -> store.read(JobKeys.takeFacts(key), TaskFacts.class));
    facts.putAll(read(transitions, key -> store.read(JobKeys.transitionFacts(key), TaskFacts.class)));
    return new FinishedFilm(job, plan, assembly, done, failed, store.spent(job.id()), facts, film, digest, assembleSeconds);
  }

  private static Collection<TaskKey> finished(JobStore store, Job job) {
    String folder = JobKeys.doneFolder(job.id());
    return store.list(folder).stream().map(mark -> new TaskKey(mark.key().substring(folder.length()))).toList();
  }

  /** The transition that was asked for behind the i-th shot, from 0, where another one stands in for it. */
  static Optional<TransitionTask> replaced(Job job, Assembly assembly, int i) {
    var left = assembly.shots().get(i);
    return left.transition().filter(TransitionTask::fallback).flatMap(made -> {
      var right = assembly.shots().get(i + 1);
      return new TaskPlanner(job).transition(left.shot(), left.takes(), right.shot(), right.takes(), false);
    });
  }

  private static Collection<TaskKey> replaced(Job job, Assembly assembly) {
    return Stream.iterate(0, i -> i < assembly.shots().size() - 1, i -> i + 1)
        .flatMap(i -> replaced(job, assembly, i).stream()).map(TransitionTask::key).toList();
  }

  private static <T> Map<TaskKey, T> read(Collection<TaskKey> keys, Function<TaskKey, Optional<T>> reader) {
    var found = new ConcurrentHashMap<TaskKey, T>();
    try (var readers = Executors.newFixedThreadPool(READS_AT_ONCE, Thread.ofVirtual().factory())) {
      var reads = keys.stream().map(key -> readers.submit(() -> reader.apply(key).ifPresent(value -> found.put(key, value)))).toList();
      reads.forEach(FinishedFilm::await);
    }
    return found;
  }

  private static void await(Future<?> read) {
    try {
      read.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault("reading a job's marks was interrupted", e);
    }
  }
}
