package org.answerprint.stage;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.TaskKey;
import org.answerprint.facts.FactLine;
import org.answerprint.facts.StageClock;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.SpentMark;
import org.answerprint.methods.Monitor;
import org.answerprint.storage.ObjectInfo;

/**
 * The envelope around a task's work, the same for every stage that computes: skip what exists, count the attempt, work,
 * mark, tell. A crash anywhere in it repeats harmlessly. Thread-safe.
 */
public final class TaskRunner {

  /** Attempts in all before a task is given up. */
  public static final int ATTEMPTS = 3;

  /** So that the attempts together outlast a minute of trouble. */
  private static final int LATER_FACTOR = 6;

  private static final double JITTER = 0.25;

  private final Stage stage;
  private final LongSupplier nanos;
  private final Map<Task, Integer> underWay = new ConcurrentHashMap<>();

  public TaskRunner(Stage stage) {
    this.stage = stage;
    this.nanos = System::nanoTime;
  }

  /**
   * One task.
   *
   * @param name of the stage, for metrics
   * @param output the object whose existence means that the task is finished
   * @param work makes the output and everything beside it, the output last
   * @param finished what to tell when it is there, by attempt
   * @param failed what to tell where it is given up
   */
  public record Task(
      String name, JobId job, TaskKey key, int shot, String output, Runnable work, IntFunction<Message> finished, Told failed) {}

  /** Makes the message about a task that was given up. */
  @FunctionalInterface
  public interface Told {
    Message of(int attempt, FailureKind kind, String reason);
  }

  /**
   * Runs the task, or finds that it need not run. A second copy of an item waits while the first is worked on, which it
   * sees by its {@code progress}; so does a task that another job asked for too.
   *
   * @throws TransientFault where the marks around the work cannot be written or told; deliver it again, which repeats no
   *     finished work
   */
  public Outcome run(Task task, Delivery delivery) {
    JobStore jobs = stage.jobs();
    if (jobs.isEnded(task.job()) || jobs.isCancelled(task.job())) {
      return new Outcome.Dropped("its job has ended or was cancelled");
    }
    Optional<FailedMark> givenUp = jobs.failed(task.job(), task.key());
    if (givenUp.isPresent()) {
      return tell(task, givenUp.get());
    }
    Optional<ObjectInfo> sign = stage.store().head(jobs.buckets().work(), JobKeys.progress(task.job(), task.key()));
    boolean alive = delivery == Delivery.FIRST && sign.filter(this::isFresh).isPresent();
    if (!alive) {
      sign.ifPresent(last -> spentByTheDead(task, last.modified()));
    }
    if (jobs.exists(task.output())) {
      return finish(task, 0, 0);
    }
    if (alive || SharedSign.isOfAnother(stage, task.job(), task.key())) {
      return new Outcome.Later(stage.settings().lock().dividedBy(3), "another worker is at it");
    }
    int attempt = jobs.beginAttempt(task.job(), task.key().value());
    if (attempt > ATTEMPTS) {
      return fail(task, ATTEMPTS, FailureKind.TRANSIENT, "it was begun " + ATTEMPTS + " times and never finished; see the worker's log");
    }
    return attempt(task, attempt);
  }

  private Outcome attempt(Task task, int attempt) {
    Instant begun = stage.clock().instant();
    long start = nanos.getAsLong();
    Optional<RuntimeException> trouble = work(task, attempt);
    double seconds = (nanos.getAsLong() - start) / 1e9;
    if (trouble.isEmpty()) {
      return finish(task, attempt, seconds);
    }
    spend(task, attempt, begun, seconds);
    return failed(task, attempt, trouble.get());
  }

  private Optional<RuntimeException> work(Task task, int attempt) {
    ProgressNotes.begin(stage, task.job(), task.key());
    SharedSign.give(stage, task.job(), task.key());
    underWay.put(task, attempt);
    try (var run = stage.clocks().start(task.name())) {
      task.work().run();
      run.outcome(StageClock.DONE);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    } catch (OutOfMemoryError e) {
      logTrouble(task, attempt, e);
      return Optional.of(new TransientFault("memory ran out (" + e.getMessage() + "): give the worker more, or make the pictures smaller", e));
    } finally {
      underWay.remove(task);
      endSigns(task);
    }
  }

  private Outcome failed(Task task, int attempt, RuntimeException trouble) {
    return switch (trouble) {
      case Monitor.Cancelled e -> cancelled(task, attempt, e);
      case TransientFault e -> attempt < ATTEMPTS
          ? new Outcome.Later(pause(attempt), e.getMessage())
          : fail(task, attempt, FailureKind.TRANSIENT, e.getMessage());
      case RequestFault e -> fail(task, attempt, FailureKind.REQUEST, e.getMessage());
      case InternalFault e -> {
        logTrouble(task, attempt, e);
        yield fail(task, attempt, FailureKind.INTERNAL, e.getMessage());
      }
      default -> {
        logTrouble(task, attempt, trouble);
        yield fail(task, attempt, FailureKind.INTERNAL,
            "an unexpected " + trouble.getClass().getSimpleName() + ": " + trouble.getMessage());
      }
    };
  }

  /** Never the same for two tasks that failed together, or they would come back together. */
  private Duration pause(int attempt) {
    double factor = (attempt == 1 ? 1 : LATER_FACTOR) * (1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble());
    return Duration.ofMillis(Math.round(stage.settings().retryPause().toMillis() * factor));
  }

  private boolean isFresh(ObjectInfo sign) {
    return sign.modified().plus(stage.settings().lock()).isAfter(stage.clock().instant());
  }

  /** Whoever ends takes his sign of life with him. One that is left is that of a worker that died, at about that time. */
  private void spentByTheDead(Task task, Instant lastSign) {
    String tries = JobKeys.triesFolder(task.job()) + task.key() + "/";
    stage.jobs().list(tries).stream().max(Comparator.comparing(ObjectInfo::modified)).ifPresent(begun -> spend(task,
        Integer.parseInt(begun.key().substring(tries.length())), begun.modified(),
        Math.max(0, Duration.between(begun.modified(), lastSign).toMillis() / 1e3)));
    ProgressNotes.end(stage, task.job(), task.key());
  }

  /** What cannot be noted is missing on the receipt, and keeps no work waiting. */
  private void spend(Task task, int attempt, Instant begun, double seconds) {
    try {
      stage.jobs().spend(task.job(), task.key(), begun, new SpentMark(attempt, seconds));
    } catch (Fault e) {
      System.getLogger(TaskRunner.class.getName()).log(System.Logger.Level.DEBUG, "spent seconds could not be noted", e);
    }
  }

  /** A machine that is being reclaimed hands its item back, and the attempt does not count. */
  private Outcome cancelled(Task task, int attempt, Monitor.Cancelled reason) {
    if (stage.jobs().isCancelled(task.job()) || stage.jobs().isEnded(task.job())) {
      return new Outcome.Dropped(reason.getMessage());
    }
    stage.jobs().forgetAttempt(task.job(), task.key().value(), attempt);
    return new Outcome.Later(Duration.ZERO, reason.getMessage());
  }

  /** For a process that ends without waiting for what it is at: attempts under way do not count, and nobody waits for them. */
  public void abandon() {
    underWay.forEach((task, attempt) -> {
      stage.jobs().forgetAttempt(task.job(), task.key().value(), attempt);
      endSigns(task);
    });
  }

  private void endSigns(Task task) {
    ProgressNotes.end(stage, task.job(), task.key());
    SharedSign.end(stage, task.key());
  }

  private Outcome finish(Task task, int attempt, double seconds) {
    stage.jobs().write(JobKeys.done(task.job(), task.key()), new DoneMark(attempt, seconds));
    stage.outbox().send(task.finished().apply(attempt));
    return new Outcome.Finished(attempt);
  }

  /**
   * Gives a task up and tells its job; also for a task that a queue gave up before it reached us. Where another delivery
   * finished it meanwhile, it is finished.
   */
  public Outcome fail(Task task, int attempt, FailureKind kind, String reason) {
    if (stage.jobs().exists(task.output())) {
      return finish(task, 0, 0);
    }
    FailedMark mark = new FailedMark(attempt, kind, reason);
    boolean first = stage.jobs().write(JobKeys.failed(task.job(), task.key()), mark);
    return tell(task, first ? mark : stage.jobs().failed(task.job(), task.key()).orElse(mark));
  }

  private Outcome tell(Task task, FailedMark mark) {
    stage.outbox().send(task.failed().of(mark.attempt(), mark.kind(), mark.reason()));
    return new Outcome.Failed(mark.kind(), mark.reason(), mark.attempt());
  }

  private void logTrouble(Task task, int attempt, Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    stage.facts().say(FactLine.of("task_broke", task.job().value()).shot(task.shot()).attempt(attempt)
        .with("task", task.key().value()).with("trace", trace.toString()));
  }
}
