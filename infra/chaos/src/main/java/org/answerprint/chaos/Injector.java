package org.answerprint.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deals one blow after another, each at its moment, and none while a task lives that was hit twice. A thread of its own;
 * closing ends it after the blow that is being dealt.
 */
final class Injector implements AutoCloseable {

  /** Where a moment does not come, the blow falls all the same: so also what stands still is hit. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(50);
  /** Clients notice a little later than the supervisor that a server is back. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final int MOST_HITS = 2;

  private final LiveSystem system;
  private final Ledger ledger;
  private final String folder;
  private final List<Blow> blows;
  private final List<Wound> wounds = new ArrayList<>();
  private final List<String> dealt = new ArrayList<>();
  private final Thread thread;
  private Optional<Throwable> failure = Optional.empty();
  private volatile boolean closing;

  Injector(LiveSystem system, String folder, List<Blow> blows) {
    this.system = system;
    this.ledger = new Ledger(system.buckets());
    this.folder = folder;
    this.blows = List.copyOf(blows);
    this.thread = Thread.ofPlatform().daemon().name("injector").start(this::run);
  }

  /** Whether all blows have fallen. */
  boolean isOver() {
    return !thread.isAlive();
  }

  synchronized void add(Wound wound) {
    wounds.add(wound);
  }

  synchronized List<Wound> wounds() {
    return List.copyOf(wounds);
  }

  /** The blows that fell, with what went wrong in dealing them. */
  synchronized List<String> dealt() {
    return List.copyOf(dealt);
  }

  /** What kept it from going on. */
  synchronized Optional<Throwable> failure() {
    return failure;
  }

  private void run() {
    try (Sightings sightings = new Sightings(system.buckets())) {
      for (Blow blow : blows) {
        boolean came = sightings.await(blow.moment(), LONGEST_WAIT);
        Thread.sleep(blow.after());
        while (isSoreSpot() && !closing) {
          Thread.sleep(LOOK);
          came = false;
        }
        if (closing) {
          return;
        }
        deal(blow, came);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      synchronized (this) {
        failure = Optional.of(e);
      }
    }
  }

  private void deal(Blow blow, boolean came) throws InterruptedException {
    Instant from = Instant.now();
    note(from + " " + (came ? "" : "(late) ") + blow);
    // while it is being dealt it has no end yet
    Wound open = new Wound(blow.toString(), from, Instant.MAX, Optional.empty(), blow.part().isWorker());
    add(open);
    system.suffer(blow);
    Instant to = Instant.now().plus(AFTERMATH);
    synchronized (this) {
      wounds.remove(open);
      wounds.add(new Wound(open.what(), from, to, Optional.empty(), open.held()));
    }
  }

  private synchronized void note(String blow) {
    dealt.add(blow);
  }

  /** Whether something unfinished has had as many hits as it is promised to bear. */
  private boolean isSoreSpot() {
    List<Wound> all = wounds();
    for (Ledger.Entry job : ledger.in(folder)) {
      if (job.end().isEmpty() && (all.stream().filter(wound -> wound.hitsUnbegun(job)).count() >= MOST_HITS
          || job.tasks().stream().filter(task -> task.made().isEmpty())
              .anyMatch(task -> all.stream().filter(wound -> wound.hits(job, task)).count() >= MOST_HITS))) {
        return true;
      }
    }
    return false;
  }

  /** Ends it after the blow that is being dealt. Safe to repeat. */
  void stop() {
    closing = true;
    LiveSystem.await("the injector does not end", LIMIT, () -> !thread.isAlive());
  }

  @Override
  public void close() {
    stop();
  }
}
