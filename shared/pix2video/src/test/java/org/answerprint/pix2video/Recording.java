package org.answerprint.pix2video;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what it is told of a run, and ends the run where it was made to. */
final class Recording implements Watch {

  /** What ends the run. */
  static final class Enough extends RuntimeException {}

  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final Map<Integer, float[]> clean = new HashMap<>();
  private final int mostSteps;
  private final int mostCalls;
  private int calls;
  private int steps;

  Recording() {
    this(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private Recording(int mostSteps, int mostCalls) {
    this.mostSteps = mostSteps;
    this.mostCalls = mostCalls;
  }

  static Recording ofOneStep() {
    return new Recording(1, Integer.MAX_VALUE);
  }

  static Recording ofCalls(int most) {
    return new Recording(Integer.MAX_VALUE, most);
  }

  @Override
  public void beforeCall() {
    if (calls == mostCalls) {
      throw new Enough();
    }
    calls++;
  }

  @Override
  public void cleanLatents(int step, float[] ofStep) {
    clean.put(step, ofStep);
  }

  @Override
  public void afterStep(Checkpoint checkpoint, int ofSteps) {
    checkpoints.add(checkpoint);
    steps = ofSteps;
    if (checkpoints.size() == mostSteps) {
      throw new Enough();
    }
  }

  /** Runs what this ends. */
  void stops(Runnable run) {
    assertThatThrownBy(run::run).isInstanceOf(Enough.class);
  }

  int calls() {
    return calls;
  }

  /** How many steps the run said it has. */
  int steps() {
    return steps;
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** The clean latents at a step of the edit. */
  float[] cleanAt(int step) {
    return clean.get(step);
  }

  Checkpoint checkpoint(int done) {
    return checkpoints.stream().filter(checkpoint -> checkpoint.done() == done).findFirst().orElseThrow();
  }

  float[] after(int done) {
    return checkpoint(done).latents();
  }
}
