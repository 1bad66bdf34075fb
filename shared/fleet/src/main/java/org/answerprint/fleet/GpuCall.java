package org.answerprint.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.Fault;

/**
 * Asks for the workers that a backlog is worth and that nobody has asked for. May be done by several at once and be killed anywhere:
 * who asks takes a place first, and a place that nothing came of is free again after a while. Thread-safe.
 */
public final class GpuCall {

  private static final String WORKER = "ANSWERPRINT_WORKER";
  private static final String SLOT = "ANSWERPRINT_GPU_SLOT";
  private static final int PATIENCE = 4;

  private final GpuFleet fleet;
  private final GpuSlots slots;
  private final JobSubmitter submitter;
  private final Duration patience;

  public GpuCall(GpuFleet fleet, GpuSlots slots, JobSubmitter submitter) {
    this.fleet = fleet;
    this.slots = slots;
    this.submitter = submitter;
    Duration start = fleet.start().multipliedBy(PATIENCE);
    this.patience = start.compareTo(GpuSlots.ASKED) > 0 ? start : GpuSlots.ASKED;
  }

  /**
   * Asks for workers where there are fewer than the backlog is worth.
   *
   * @return how many were asked for
   * @throws Fault of {@link JobSubmitter#submit} where one could not be asked for; its place is free again after a while
   */
  public int ask(Backlog backlog) {
    int width = fleet.width(backlog);
    if (width == 0) {
      return 0;
    }
    List<Integer> free = free();
    int missing = width - (fleet.atMost() - free.size());
    int asked = 0;
    for (int i = 0; i < free.size() && asked < missing; i++) {
      asked += ask(free.get(i)) ? 1 : 0;
    }
    return asked;
  }

  private List<Integer> free() {
    Instant now = slots.now();
    List<Integer> free = new ArrayList<>();
    for (int slot = 1; slot <= fleet.atMost(); slot++) {
      if (slots.read(slot).holder(now).isEmpty()) {
        free.add(slot);
      }
    }
    return free;
  }

  /** False where somebody else was faster. */
  private boolean ask(int slot) {
    GpuSlots.Read read = slots.read(slot);
    Instant now = slots.now();
    String worker = fleet.job() + "-" + slot + "-" + now.toEpochMilli();
    if (read.holder(now).isPresent() || !slots.replace(slot, read, worker, SlotMark.State.ASKING, GpuSlots.ASKING)) {
      return false;
    }
    submitter.submit(Submission.of(worker, fleet.queue(), fleet.job())
        .withEnvironment(Map.of(WORKER, worker, SLOT, Integer.toString(slot))));
    GpuSlots.Read mine = slots.read(slot);
    if (mine.mark().filter(mark -> mark.worker().equals(worker) && mark.state() == SlotMark.State.ASKING).isPresent()) {
      slots.replace(slot, mine, worker, SlotMark.State.ASKED, patience);
    }
    return true;
  }
}
