package org.answerprint.jobs;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.answerprint.events.Message;
import org.answerprint.testing.Stores;

/**
 * A process of the model: a thread that stops before everything it does to the world, so that the world decides who
 * goes on, who dies there and who is frozen. Only one process runs at any time.
 */
final class ModelProcess {

  /** How a process ends that is killed; an error, so that nobody's catch gets hold of it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super(null, null, false, false);
    }
  }

  private final ModelWorld world;
  private final ModelStages.Role role;
  private final Semaphore go = new Semaphore(0);
  private final Semaphore stopped = new Semaphore(0);
  private ModelStages stages;
  private Optional<Message> inHand = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private boolean killed;
  private boolean running;
  private boolean redelivered;
  private long frozenUntil;

  ModelProcess(ModelWorld world, ModelStages.Role role) {
    this.world = world;
    this.role = role;
    this.stages = fresh();
  }

  private ModelStages fresh() {
    return new ModelStages(world, Stores.watched(world.objects(), (verb, key) -> pause()), message -> {
      pause();
      world.send(message);
    });
  }

  boolean isIdle() {
    return !running && inHand.isEmpty();
  }

  boolean takes(Message message) {
    return role.takes(message);
  }

  boolean isFrozen() {
    return frozenUntil > world.millis();
  }

  long frozenUntil() {
    return frozenUntil;
  }

  /** Gives it something to do; it stops before its first deed. */
  void begin(Message message) {
    inHand = Optional.of(message);
    running = true;
    killed = false;
    redelivered = false;
    Thread.startVirtualThread(this::work);
    await();
  }

  private void work() {
    try {
      pause();
      stages.handle(inHand.orElseThrow());
      pause();
      inHand = Optional.empty();
    } catch (Killed e) {
      stages = fresh();
    } catch (Throwable e) {
      failure = Optional.of(e);
    } finally {
      running = false;
      stopped.release();
    }
  }

  /** Lets it do one thing more. */
  void step() {
    go.release();
    await();
  }

  /** Ends it where it stands; what it had in hand comes again, to it or to another. */
  void kill() {
    killed = true;
    step();
    Message lost = inHand.orElseThrow();
    inHand = Optional.empty();
    if (!redelivered) {
      world.requeue(lost);
    }
  }

  /** Stops it for a while; its lock runs out, so that what it has in hand is given to another meanwhile. */
  void freeze(long until) {
    frozenUntil = until;
    if (!redelivered) {
      redelivered = true;
      world.requeue(inHand.orElseThrow());
    }
  }

  private void await() {
    stopped.acquireUninterruptibly();
    failure.ifPresent(e -> {
      throw new AssertionError(role + " broke on " + inHand, e);
    });
  }

  private void pause() {
    stopped.release();
    go.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }
}
