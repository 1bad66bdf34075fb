package org.answerprint.stage;

import static org.answerprint.stage.TaskRunner.ATTEMPTS;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.facts.StageClock;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.fleet.LongWork;
import org.answerprint.methods.Monitor;

/**
 * A stage that works on whole films: one instance at a time on each, and on long ones jobs elsewhere, where the settings say so. Runs its
 * attempts, and ends jobs that come to nothing in it. Thread-safe.
 */
public final class LongStage {

  private final Stage stage;
  private final LongFilms.Work work;
  private final Words words;
  private final Set<JobId> running = ConcurrentHashMap.newKeySet();

  public LongStage(Stage stage, LongFilms.Work work, Words words) {
    this.stage = stage;
    this.work = work;
    this.words = words;
  }

  /**
   * How a stage says that a job came to nothing in it.
   *
   * @param undone what could not be done, as the reason's beginning: {@code its shots could not be found}
   * @param broken what went wrong, likewise: {@code finding its shots went wrong}
   * @param refused how a job ends whose request shows here that it is wrong
   */
  public record Words(String undone, String broken, EndState refused) {}

  /** Does this, but nothing while it is done for the job in this instance: a repeated message's attempt would count against the job. */
  public void once(JobId job, Runnable what) {
    if (!running.add(job)) {
      return;
    }
    try {
      what.run();
    } finally {
      running.remove(job);
    }
  }

  /**
   * Sees to it that a long film's work is done elsewhere, now or by what was handed in before; a film whose jobs never came ends.
   *
   * @return whether there is nothing to do here
   * @throws TransientFault where it is not known whether the job was taken
   */
  public boolean goesElsewhere(JobId job) {
    LongWork.Answer answer = stage.longWork().map(elsewhere -> elsewhere.of(job, work)).orElse(LongWork.SHORT);
    return switch (answer) {
      case LongWork.Answer.Short here -> false;
      case LongWork.Answer.Elsewhere elsewhere -> true;
      case LongWork.Answer.GivenUp(String reason) -> {
        fail(job, reason);
        yield true;
      }
    };
  }

  /**
   * One attempt at the job, in this instance's turn, which is taken before the attempt is counted. A job ends whose request is wrong, that
   * goes wrong through us, or whose attempts are used up.
   *
   * @param monitor is told of progress and may end the work
   * @param what is done, given notes of what is done in this turn
   * @throws TransientFault where the job is to be looked at again later: another instance is at it, the world is unwell, or {@code monitor}
   *     ended the work though its job goes on
   */
  public void attempt(JobId job, Monitor monitor, Consumer<Monitor> what) {
    try (Turn turn = Turn.take(stage, job, task())) {
      int attempt = stage.jobs().beginAttempt(job, work.stage());
      if (attempt > ATTEMPTS) {
        fail(job, words.undone() + " in " + ATTEMPTS + " attempts; see the log of " + work.stage());
        return;
      }
      attempt(job, attempt, () -> what.accept(turn.notes(monitor)));
    }
  }

  private void attempt(JobId job, int attempt, Runnable what) {
    try (var run = stage.clocks().start(work.stage())) {
      what.run();
      run.outcome(StageClock.DONE);
    } catch (Monitor.Cancelled e) {
      cancelled(job, attempt, e);
    } catch (RequestFault e) {
      stage.ender().stop(job, words.refused(), e.getMessage());
    } catch (KilledFault e) {
      // perhaps for what this job asks of the machine: the attempt counts
      if (attempt < ATTEMPTS) {
        throw e;
      }
      endAfter(job, e);
    } catch (TransientFault e) {
      // the world's trouble is bounded by time; attempts count what may be this job's own doing
      forget(job, attempt);
      throw e;
    } catch (RuntimeException e) {
      fail(job, words.broken() + ": " + e.getMessage());
      throw e;
    }
  }

  /** The monitor wanted no more of it: because of the job, or because the machine is being reclaimed; then the attempt does not count. */
  private void cancelled(JobId job, int attempt, Monitor.Cancelled reason) {
    if (stage.jobs().isCancelled(job) || stage.jobs().isEnded(job)) {
      stage.conductor().reconcile(job);
      return;
    }
    forget(job, attempt);
    throw new TransientFault("job " + job + " is handed back: " + reason.getMessage(), reason);
  }

  /**
   * Ends a job that the world's trouble has kept from going on for too long, with the last trouble as its reason; but not one that
   * another instance is at.
   */
  public void giveUp(JobId job, TransientFault last) {
    if (!Turn.isTaken(stage, job, task())) {
      endAfter(job, last);
    }
  }

  private void endAfter(JobId job, TransientFault last) {
    fail(job, words.undone() + ", however often it was tried: " + last.getMessage());
  }

  private void fail(JobId job, String reason) {
    stage.ender().stop(job, EndState.FAILED, reason);
  }

  private void forget(JobId job, int attempt) {
    stage.jobs().forgetAttempt(job, work.stage(), attempt);
  }

  /** The name under which progress is shown. */
  private TaskKey task() {
    return new TaskKey(work.stage());
  }
}
