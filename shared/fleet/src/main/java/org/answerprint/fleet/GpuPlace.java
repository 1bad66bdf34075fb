package org.answerprint.fleet;

import java.time.Duration;

/** A worker's own place among those that may run at once. Thread-safe. */
public final class GpuPlace {

  /** How often {@link #keep} is to be called. */
  public static final Duration RENEWAL = GpuSlots.RUNNING.dividedBy(4);

  private final GpuSlots slots;
  private final int slot;
  private final String worker;

  /** The place that the worker was started for. */
  public GpuPlace(GpuSlots slots, int slot, String worker) {
    this.slots = slots;
    this.slot = slot;
    this.worker = worker;
  }

  /**
   * Takes the place, or says again that it is taken.
   *
   * @return false where another worker has it: there are enough
   * @throws org.answerprint.faults.TransientFault where the store cannot be reached
   */
  public boolean keep() {
    return write(SlotMark.State.RUNNING, GpuSlots.RUNNING);
  }

  /**
   * Leaves the place.
   *
   * @param again whether the batch service will start this worker again, for which its place is kept
   * @return false where another worker has it by now
   */
  public boolean leave(boolean again) {
    return write(again ? SlotMark.State.ASKED : SlotMark.State.LEFT, again ? GpuSlots.ASKED : Duration.ZERO);
  }

  /** Whoever replaces a mark in between is another worker, or the sweep that gives the place away: then the next look tells. */
  private boolean write(SlotMark.State state, Duration holds) {
    while (true) {
      GpuSlots.Read read = slots.read(slot);
      if (read.holder(slots.now()).filter(holder -> !holder.equals(worker)).isPresent()) {
        return false;
      }
      if (slots.replace(slot, read, worker, state, holds)) {
        return true;
      }
    }
  }
}
