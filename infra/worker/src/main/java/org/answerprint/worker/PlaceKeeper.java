package org.answerprint.worker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.GpuPlace;

/** Says again and again that a worker has its place, until it is closed or somebody else has the place. */
final class PlaceKeeper implements AutoCloseable {

  private final GpuPlace place;
  private final Runnable lost;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
      task -> Thread.ofPlatform().daemon().name("place").unstarted(task));

  /** Keeps a place that was just taken; {@code lost} is told when it is another worker's. */
  PlaceKeeper(GpuPlace place, Runnable lost) {
    this.place = place;
    this.lost = lost;
    long period = GpuPlace.RENEWAL.toMillis();
    clock.scheduleAtFixedRate(this::keep, period, period, TimeUnit.MILLISECONDS);
  }

  private void keep() {
    try {
      if (!place.keep()) {
        lost.run();
      }
    } catch (TransientFault e) {
      System.getLogger(PlaceKeeper.class.getName()).log(System.Logger.Level.INFO, "the place could not be kept yet", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
