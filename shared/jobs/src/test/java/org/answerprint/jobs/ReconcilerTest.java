package org.answerprint.jobs;

import static org.answerprint.jobs.Samples.LOOK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.answerprint.events.EndState;
import org.answerprint.events.FailureKind;
import org.answerprint.events.TaskKey;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final String MORPH = LOOK + "transition: { type: morph, frames: 12 }\n";

  private static final FailedMark BROKEN = new FailedMark(3, FailureKind.INTERNAL, "it broke");

  @Test
  void anEndedJobIsClosedWhateverElseIsThere() {
    assertThat(of(LOOK, 50, 50).planned().cancel().end().decide()).containsExactly(new Step.Close());
  }

  @Test
  void aCancelledJobEndsWhateverElseIsReady() {
    assertThat(of(LOOK, 50, 50).planned().cancel().decide())
        .containsExactly(new Step.Finish(EndState.CANCELLED, "it was cancelled"));
  }

  @Test
  void aRejectedJobNeedsNothing() {
    Job job = Samples.job(LOOK);
    Job rejected = new Job(job.id(), job.upload(), job.created(), Optional.empty(), Optional.empty());

    assertThat(Reconciler.decide(new JobSnapshot(rejected, false, false, Optional.empty(), List.of(), Set.of(),
        Map.of()))).isEmpty();
  }

  @Test
  void aNewJobIsExtracted() {
    assertThat(of(LOOK, 50, 50).found(0).decide()).containsExactly(new Step.Extract());
  }

  @Test
  void shotsAreEditedWhileOthersAreStillLookedFor() {
    Situation film = of(LOOK, 50, 50, 50).found(2);

    assertThat(film.decide()).containsExactly(new Step.Extract(), film.edit(1), film.edit(2));
  }

  @Test
  void everyPieceOfALongShotIsATaskOfItsOwn() {
    Situation film = of(LOOK, 700).planned();

    assertThat(film.decide()).hasSize(3).allSatisfy(step -> assertThat(step).isInstanceOf(Step.Edit.class));
    film.done(film.shots.getFirst().edits().get(1));
    assertThat(film.decide()).hasSize(2);
  }

  @Test
  void nothingIsAssembledBeforeThePlanIsThere() {
    Situation film = of(LOOK, 50, 50).found(2).edited(1).edited(2);

    assertThat(film.decide()).containsExactly(new Step.Extract());
  }

  @Test
  void everythingThereIsAssembledInOrder() {
    Situation film = of(LOOK, 50, 50, 50).planned().edited(3).edited(1).edited(2);

    assertThat(film.decide()).singleElement().isInstanceOfSatisfying(Step.Assemble.class, step -> {
      assertThat(step.assembly().shots()).extracting(part -> part.shot().number()).containsExactly(1, 2, 3);
      assertThat(step.assembly().shots()).allSatisfy(part -> {
        assertThat(part.takes()).isEqualTo(part.shot().edits());
        assertThat(part.transition()).isEmpty();
        assertThat(part.failure()).isEmpty();
      });
    });
  }

  @Test
  void oneMissingPartKeepsTheFilmWaiting() {
    Situation film = of(MORPH, 50, 50, 50).planned();
    List<TaskKey> all = new ArrayList<>(film.shots.stream().flatMap(shot -> shot.edits().stream()).map(EditTask::key)
        .toList());
    all.add(film.bridge(1, false).key());
    all.add(film.bridge(2, false).key());
    for (TaskKey missing : all) {
      Set<TaskKey> others = new HashSet<>(all);
      others.remove(missing);

      assertThat(film.with(others).decide()).as("without %s", missing).noneMatch(Step.Assemble.class::isInstance);
    }
    assertThat(film.with(Set.copyOf(all)).decide()).singleElement().isInstanceOf(Step.Assemble.class);
  }

  @Test
  void aTransitionWaitsForBothNeighbours() {
    Situation film = of(MORPH, 50, 50, 50).planned();

    assertThat(film.edited(1).decide()).containsExactly(film.edit(2), film.edit(3));
    assertThat(film.edited(2).decide()).containsExactlyInAnyOrder(film.edit(3), film.bridgeStep(1, false));
    assertThat(film.edited(3).decide()).containsExactly(film.bridgeStep(1, false), film.bridgeStep(2, false));
  }

  @Test
  void aTransitionMayBeMadeBeforeThePlanIsThere() {
    Situation film = of(MORPH, 50, 50, 50).found(2).edited(1).edited(2);

    assertThat(film.decide()).containsExactly(new Step.Extract(), film.bridgeStep(1, false));
  }

  @Test
  void aTransitionNeedsOnlyThePiecesAtItsCut() {
    Situation film = of(MORPH, 700, 700).planned();
    film.done(film.shots.get(0).edits().getLast()).done(film.shots.get(1).edits().getFirst());

    assertThat(film.decide()).contains(film.bridgeStep(1, false));
  }

  @Test
  void aFailedShotFallsBackToItsSource() {
    Situation film = of(LOOK, 50, 50).planned().edited(1).failed(f -> f.shots.get(1).edits().getFirst());

    assertThat(film.decide()).containsExactly(new Step.Edit(film.shots.get(1).fallbacks().getFirst()));
    film.done(film.shots.get(1).fallbacks().getFirst());
    assertThat(film.decide()).singleElement().isInstanceOfSatisfying(Step.Assemble.class, step -> {
      Assembly.AssembledShot second = step.assembly().shots().get(1);
      assertThat(second.takes()).isEqualTo(second.shot().fallbacks());
      assertThat(second.failure()).contains(BROKEN);
    });
  }

  @Test
  void onePieceThatFailsTakesTheWholeShotBack() {
    Situation film = of(LOOK, 700).planned().edited(1).failed(f -> f.shots.getFirst().edits().get(2));

    assertThat(film.decide())
        .containsExactlyElementsOf(film.shots.getFirst().fallbacks().stream().<Step>map(Step.Edit::new).toList());
  }

  @Test
  void aFailedShotFailsTheJobWhereTheRecipeSaysSo() {
    assertThat(of(LOOK + "onShotFailure: fail", 50, 50).planned().failed(film -> film.shots.get(1).edits().getFirst())
        .decide())
        .containsExactly(new Step.Finish(EndState.FAILED, "shot 2 failed after 3 attempts: it broke"));
  }

  @Test
  void aShotFailsTheJobBeforeItsPlanIsThere() {
    assertThat(of(LOOK + "onShotFailure: fail", 50, 50).found(1)
        .failed(film -> film.shots.getFirst().edits().getFirst()).decide())
        .singleElement().isInstanceOf(Step.Finish.class);
  }

  @Test
  void aShotThatWasOnlyToBeDecodedFailsTheJob() {
    assertThat(of("", 50).planned().failed(film -> film.shots.getFirst().edits().getFirst()).decide())
        .singleElement().isInstanceOf(Step.Finish.class);
  }

  @Test
  void aFallbackThatFailsTooFailsTheJobWithItsOwnReason() {
    Situation film = of(LOOK, 50).planned().failed(f -> f.shots.getFirst().edits().getFirst());
    film.failed(film.shots.getFirst().fallbacks().getFirst().key(),
        new FailedMark(1, FailureKind.REQUEST, "the upload is damaged"));

    assertThat(film.decide())
        .containsExactly(new Step.Finish(EndState.FAILED, "shot 1 failed after one attempt: the upload is damaged"));
  }

  /** Marks are never taken back, so whoever looks later must not see another film than whoever looked before. */
  @Test
  void aFailureStandsThoughTheTakeIsFinishedLater() {
    Situation film = of(LOOK, 50).planned().failed(f -> f.shots.getFirst().edits().getFirst()).edited(1);

    assertThat(film.decide()).containsExactly(new Step.Edit(film.shots.getFirst().fallbacks().getFirst()));
  }

  @Test
  void transitionsFollowTheTakesThatServe() {
    Situation film = of(MORPH, 50, 50).planned().edited(1).failed(f -> f.shots.get(1).edits().getFirst());
    film.done(film.shots.get(1).fallbacks().getFirst());
    TransitionTask follows = new TaskPlanner(film.job)
        .transition(film.shots.get(0), film.shots.get(0).edits(), film.shots.get(1), film.shots.get(1).fallbacks(),
            false).orElseThrow();

    assertThat(film.decide()).containsExactly(new Step.Bridge(follows));
    assertThat(follows.key()).isNotEqualTo(film.bridge(1, false).key());
  }

  @Test
  void aFailedTransitionBecomesADissolve() {
    Situation film = of(MORPH, 50, 50).planned().edited(1).edited(2);
    film.failed(film.bridge(1, false).key(), BROKEN);

    assertThat(film.decide()).containsExactly(film.bridgeStep(1, true));
    assertThat(film.bridge(1, true).type()).isEqualTo("dissolve");
    film.with(Set.of(film.take(1), film.take(2), film.bridge(1, true).key()));
    assertThat(film.decide()).singleElement().isInstanceOfSatisfying(Step.Assemble.class, step ->
        assertThat(step.assembly().shots().getFirst().transition()).contains(film.bridge(1, true)));
  }

  @Test
  void aTransitionThatHasNoSubstituteFailsTheJob() {
    Situation dissolve = of(MORPH.replace("morph", "dissolve"), 50, 50).planned().edited(1).edited(2);
    dissolve.failed(dissolve.bridge(1, false).key(), BROKEN);
    Situation strict = of(MORPH + "onShotFailure: fail", 50, 50).planned().edited(1).edited(2);
    strict.failed(strict.bridge(1, false).key(), BROKEN);
    Situation twice = of(MORPH, 50, 50).planned().edited(1).edited(2);
    twice.failed(twice.bridge(1, false).key(), BROKEN).failed(twice.bridge(1, true).key(), BROKEN);

    assertThat(List.of(dissolve, strict, twice)).allSatisfy(film -> assertThat(film.decide()).singleElement()
        .isInstanceOfSatisfying(Step.Finish.class, step -> {
          assertThat(step.state()).isEqualTo(EndState.FAILED);
          assertThat(step.reason()).startsWith("the transition after shot 1 failed after 3 attempts: it broke");
        }));
  }

  @Test
  void workAboveTheCapIsNotBegunOnAnEstimate() {
    Situation film = of(LOOK + "maxCost: 2", "2.01", 50, 50).found(2);

    assertThat(film.decide()).containsExactly(new Step.Extract());
    assertThat(of(LOOK + "maxCost: 2", "2.00", 50, 50).found(2).decide()).hasSize(3);
  }

  @Test
  void thePlansPriceDecidesInTheEnd() {
    Situation film = of(LOOK + "maxCost: 2", "2.01", 50, 50).planned();
    assertThat(film.decide()).containsExactly(film.edit(1), film.edit(2));

    film.price = "2.01";
    assertThat(film.decide()).containsExactly(new Step.Finish(EndState.REJECTED, "the planned work costs 2.01 USD (2 s of a worker),"
        + " above the recipe's maxCost of 2 USD; raise maxCost to that, or edit fewer shots, or with fewer steps"));
  }

  private static Situation of(String recipe, int... frames) {
    return of(recipe, "0", frames);
  }

  private static Situation of(String recipe, String estimate, int... frames) {
    Order order = Samples.order(recipe);
    return new Situation(Samples.job(new Order(order.sources(), order.recipe(), order.encoder(), order.timeBase(),
        order.assets(), order.models(),
        order.pricing(), Samples.estimate(estimate), 0)), frames);
  }

  /** Picks a task of a film. */
  private interface Pick {
    EditTask of(Situation film);
  }

  /** What exists of a film, added to bit by bit. */
  private static final class Situation {

    private final Job job;
    private final List<PlannedShot> shots;
    private final Map<TaskKey, FailedMark> failed = new HashMap<>();
    private Set<TaskKey> done = new HashSet<>();
    private int found;
    private boolean planned;
    private boolean cancelled;
    private boolean ended;
    private String price = "0";

    Situation(Job job, int... frames) {
      this.job = job;
      this.shots = Samples.shots(job, frames);
    }

    Situation found(int count) {
      found = count;
      return this;
    }

    Situation planned() {
      planned = true;
      return found(shots.size());
    }

    Situation cancel() {
      cancelled = true;
      return this;
    }

    Situation end() {
      ended = true;
      return this;
    }

    Situation edited(int shot) {
      shots.get(shot - 1).edits().forEach(this::done);
      return this;
    }

    Situation done(EditTask task) {
      done.add(task.key());
      return this;
    }

    Situation with(Set<TaskKey> all) {
      done = new HashSet<>(all);
      return this;
    }

    Situation failed(Pick task) {
      return failed(task.of(this).key(), BROKEN);
    }

    Situation failed(TaskKey task, FailedMark mark) {
      failed.put(task, mark);
      return this;
    }

    TaskKey take(int shot) {
      return shots.get(shot - 1).edits().getFirst().key();
    }

    Step edit(int shot) {
      return new Step.Edit(shots.get(shot - 1).edits().getFirst());
    }

    TransitionTask bridge(int left, boolean substitute) {
      PlannedShot one = shots.get(left - 1);
      PlannedShot two = shots.get(left);
      return new TaskPlanner(job).transition(one, one.edits(), two, two.edits(), substitute).orElseThrow();
    }

    Step bridgeStep(int left, boolean substitute) {
      return new Step.Bridge(bridge(left, substitute));
    }

    List<Step> decide() {
      Optional<Plan> plan = planned ? Optional.of(new Plan(shots, 100, Samples.estimate(price), 0)) : Optional.empty();
      return Reconciler.decide(new JobSnapshot(job, ended, cancelled, plan, shots.subList(0, found), done, failed));
    }
  }
}
