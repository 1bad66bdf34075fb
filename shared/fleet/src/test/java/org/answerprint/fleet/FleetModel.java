package org.answerprint.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;

/**
 * A little world around the calls for workers, in steps of ten seconds: a queue that fills by chance, a sweep a minute that may die at
 * any call or run beside another, a batch service that is slow and loses jobs, and machines that are taken away with and without notice.
 */
final class FleetModel {

  static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS_A_SWEEP = 6;
  private static final int STEPS_A_RENEWAL = 3;
  private static final int IDLE_STEPS = 6;

  private final SplittableRandom random;
  private final GpuFleet fleet;
  private final int stepsAnItem;
  private final HandClock clock = new HandClock();
  private final GpuSlots slots = new GpuSlots(new MemoryObjectStore(clock), "test-work", clock);
  private final List<Started> pending = new ArrayList<>();
  private final List<Worker> running = new ArrayList<>();
  private boolean adversity = true;
  private int items;
  private int steps;
  private int stepsWithoutAWorker;
  private int asked;
  private Runnable check = () -> {};

  FleetModel(long seed) {
    random = new SplittableRandom(seed);
    fleet = new GpuFleet("gpu", "worker", random.nextInt(1, 6), Duration.ofSeconds(random.nextInt(60, 400)), random.nextDouble(0.1, 0.6));
    stepsAnItem = random.nextInt(1, 40);
  }

  /** A job that the batch service starts in so many steps. */
  private static final class Started {
    private final Map<String, String> environment;
    private int in;

    Started(Map<String, String> environment, int in) {
      this.environment = environment;
      this.in = in;
    }
  }

  /** A machine that works. */
  private final class Worker {
    private final Map<String, String> environment;
    private final GpuPlace place;
    private int busy;
    private int idle;

    Worker(Map<String, String> environment) {
      this.environment = environment;
      this.place = new GpuPlace(slots, Integer.parseInt(environment.get("ANSWERPRINT_GPU_SLOT")), environment.get("ANSWERPRINT_WORKER"));
    }

    /** False where it has ended. */
    boolean step() {
      if (steps % STEPS_A_RENEWAL == 0 && !place.keep()) {
        return false;
      }
      if (adversity && random.nextInt(400) == 0) {
        taken();
        return false;
      }
      busy = Math.max(0, busy - 1);
      if (busy == 0 && items > 0) {
        items--;
        busy = stepsAnItem;
      }
      idle = busy > 0 ? 0 : idle + 1;
      if (idle > IDLE_STEPS) {
        place.leave(false);
        return false;
      }
      return true;
    }

    /** Its item goes back, and the batch service mostly starts it again. */
    private void taken() {
      items += busy > 0 ? 1 : 0;
      boolean noticed = random.nextBoolean();
      if (noticed) {
        place.leave(true);
      }
      if (noticed || random.nextBoolean()) {
        pending.add(new Started(environment, random.nextInt(1, 60)));
      }
    }
  }

  /** What is to hold after each step. */
  void onStep(Runnable holds) {
    check = holds;
  }

  /** Adversity for so many steps, and then peace until everything is done or the steps are over. */
  void run(int hard, int peaceful) {
    for (int i = 0; i < hard; i++) {
      items += random.nextInt(60) == 0 ? random.nextInt(1, 2 + 120 / stepsAnItem) : 0;
      step();
    }
    adversity = false;
    for (int i = 0; i < peaceful && !isDone(); i++) {
      step();
    }
  }

  private void step() {
    clock.turn(STEP);
    steps++;
    if (steps % STEPS_A_SWEEP == 0) {
      sweep(true);
    }
    for (Started job : List.copyOf(pending)) {
      if (--job.in <= 0) {
        pending.remove(job);
        begin(job);
      }
    }
    running.removeIf(worker -> !worker.step());
    stepsWithoutAWorker = items > 0 && running.isEmpty() ? stepsWithoutAWorker + 1 : 0;
    check.run();
  }

  private void begin(Started job) {
    Worker worker = new Worker(job.environment);
    if (worker.place.keep()) {
      running.add(worker);
    }
  }

  /** A sweep; the submitter inside it may die, and another sweep may come in between. */
  private void sweep(boolean mayMeetAnother) {
    JobSubmitter service = new JobSubmitter() {
      @Override
      public String submit(Submission job) {
        if (adversity && mayMeetAnother && random.nextInt(4) == 0) {
          sweep(false);
        }
        dieByChance();
        asked++;
        if (!adversity || random.nextInt(10) > 0) {
          pending.add(new Started(job.environment(), random.nextInt(1, adversity ? 200 : 60)));
        }
        dieByChance();
        return "id";
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
    try {
      long inHand = running.stream().filter(worker -> worker.busy > 0).count();
      new GpuCall(fleet, slots, service).ask(new Backlog(items + inHand, stepsAnItem * STEP.toSeconds()));
    } catch (TransientFault died) {
      // the next sweep is a minute away
    }
  }

  private void dieByChance() {
    if (adversity && random.nextInt(10) == 0) {
      throw new TransientFault("it died");
    }
  }

  boolean isDone() {
    return items == 0 && running.isEmpty() && pending.isEmpty();
  }

  int workers() {
    return running.size();
  }

  int atMost() {
    return fleet.atMost();
  }

  int asked() {
    return asked;
  }

  Duration withoutAWorker() {
    return STEP.multipliedBy(stepsWithoutAWorker);
  }
}
