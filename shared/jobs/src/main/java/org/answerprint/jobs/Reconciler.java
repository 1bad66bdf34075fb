package org.answerprint.jobs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.TaskKey;
import org.answerprint.recipe.ShotFailure;

/**
 * Says what a job needs next, from what exists of it and nothing else. Pure: the same snapshot gives the same steps,
 * and a step that was taken already does no harm when it is taken again.
 */
public final class Reconciler {

  private final JobSnapshot job;
  private final TaskPlanner planner;
  private final List<Step> steps = new ArrayList<>();

  private Reconciler(JobSnapshot job) {
    this.job = job;
    this.planner = new TaskPlanner(job.job());
  }

  /** Every step that is ready. */
  public static List<Step> decide(JobSnapshot job) {
    if (job.ended()) {
      return List.of(new Step.Close());
    }
    if (job.cancelled()) {
      return List.of(new Step.Finish(EndState.CANCELLED, "it was cancelled"));
    }
    if (job.job().order().isEmpty()) {
      return List.of();
    }
    return new Reconciler(job).steps();
  }

  private List<Step> steps() {
    Optional<String> tooDear = job.plan().flatMap(plan -> overCap(plan.estimate()));
    if (tooDear.isPresent()) {
      return List.of(new Step.Finish(EndState.REJECTED, tooDear.get()));
    }
    if (job.plan().isEmpty()) {
      steps.add(new Step.Extract());
      if (overCap(job.job().accepted().estimate()).isPresent()) {
        return steps;
      }
    }
    List<Optional<Served>> served = job.shots().stream().map(this::serve).toList();
    List<Assembly.AssembledShot> parts = new ArrayList<>();
    for (int i = 0; i < served.size(); i++) {
      Optional<Served> left = served.get(i);
      if (left.isEmpty()) {
        return List.of(new Step.Finish(EndState.FAILED, failure(job.shots().get(i))));
      }
      Optional<Served> right = i + 1 < served.size() ? served.get(i + 1) : Optional.empty();
      Bridge bridge = right.map(r -> bridge(left.get(), r)).orElse(Bridge.NOT_NEEDED);
      if (bridge.failed()) {
        return List.of(new Step.Finish(EndState.FAILED, bridgeFailure(left.get(), bridge)));
      }
      if (left.get().done() && bridge.done()) {
        parts.add(new Assembly.AssembledShot(left.get().shot(), left.get().takes(), bridge.task(), left.get().failure()));
      }
    }
    if (job.plan().isPresent() && parts.size() == job.shots().size()) {
      steps.add(new Step.Assemble(new Assembly(parts)));
    }
    return steps;
  }

  private record Served(PlannedShot shot, List<EditTask> takes, boolean done, Optional<FailedMark> failure) {}

  private record Bridge(Optional<TransitionTask> task, boolean done, boolean failed) {
    static final Bridge NOT_NEEDED = new Bridge(Optional.empty(), true, false);
  }

  private Optional<String> overCap(Estimate estimate) {
    Optional<BigDecimal> cap = job.job().accepted().recipe().maxCost();
    Prices prices = job.job().accepted().pricing().prices();
    return cap.filter(max -> estimate.cost().compareTo(max) > 0).map(max -> ("the planned work costs %s (%.0f s of a worker), above the"
        + " recipe's maxCost of %s; raise maxCost to that, or edit fewer shots, or with fewer steps").formatted(
            prices.words(estimate.cost()), estimate.seconds(), prices.words(max)));
  }

  /** The takes that serve a shot, with what is missing of them asked for; empty where the job fails with it. */
  private Optional<Served> serve(PlannedShot shot) {
    Optional<FailedMark> failure = firstFailure(shot.edits());
    if (failure.isEmpty()) {
      return Optional.of(new Served(shot, shot.edits(), ask(shot.edits()), failure));
    }
    boolean givenUp = job.job().accepted().recipe().onShotFailure() == ShotFailure.FAIL
        || shot.fallbacks().isEmpty() || firstFailure(shot.fallbacks()).isPresent();
    return givenUp ? Optional.empty() : Optional.of(new Served(shot, shot.fallbacks(), ask(shot.fallbacks()), failure));
  }

  private boolean ask(List<EditTask> takes) {
    boolean all = true;
    for (EditTask take : takes) {
      if (!job.done().contains(take.key())) {
        steps.add(new Step.Edit(take));
        all = false;
      }
    }
    return all;
  }

  private Bridge bridge(Served left, Served right) {
    Optional<TransitionTask> asked = planner.transition(left.shot(), left.takes(), right.shot(), right.takes(), false);
    if (asked.isEmpty()) {
      return Bridge.NOT_NEEDED;
    }
    Optional<TransitionTask> task = asked.filter(t -> !job.failed().containsKey(t.key())).or(() -> substitute(left, right, asked.get()));
    if (task.isEmpty()) {
      return new Bridge(asked, false, true);
    }
    boolean done = job.done().contains(task.get().key());
    if (!done && has(task.get().leftTake()) && has(task.get().rightTake())) {
      steps.add(new Step.Bridge(task.get()));
    }
    return new Bridge(task, done, false);
  }

  private Optional<TransitionTask> substitute(Served left, Served right, TransitionTask failed) {
    if (job.job().accepted().recipe().onShotFailure() == ShotFailure.FAIL || failed.type().equals("dissolve")) {
      return Optional.empty();
    }
    return planner.transition(left.shot(), left.takes(), right.shot(), right.takes(), true).filter(t -> !job.failed().containsKey(t.key()));
  }

  private boolean has(TaskKey take) {
    return job.done().contains(take);
  }

  private Optional<FailedMark> firstFailure(List<EditTask> takes) {
    return takes.stream().map(EditTask::key).filter(job.failed()::containsKey).map(job.failed()::get).findFirst();
  }

  private String failure(PlannedShot shot) {
    FailedMark mark = firstFailure(shot.fallbacks()).or(() -> firstFailure(shot.edits())).orElseThrow();
    return "shot " + shot.number() + " failed after " + attempts(mark) + ": " + mark.reason();
  }

  private String bridgeFailure(Served left, Bridge bridge) {
    FailedMark mark = bridge.task().map(TransitionTask::key).map(job.failed()::get).orElseThrow();
    return "the transition after shot " + left.shot().number() + " failed after " + attempts(mark) + ": " + mark.reason();
  }

  private static String attempts(FailedMark mark) {
    return mark.attempt() == 1 ? "one attempt" : mark.attempt() + " attempts";
  }
}
