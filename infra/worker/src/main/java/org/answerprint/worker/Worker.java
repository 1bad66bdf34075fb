package org.answerprint.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.answerprint.edit.EditService;
import org.answerprint.events.FactCodec;
import org.answerprint.events.FailureKind;
import org.answerprint.events.MalformedEventException;
import org.answerprint.events.WorkItem;
import org.answerprint.facts.FactLine;
import org.answerprint.faults.TransientFault;
import org.answerprint.methods.Monitor;
import org.answerprint.queue.DeadLetter;
import org.answerprint.queue.Item;
import org.answerprint.queue.Lease;
import org.answerprint.queue.QueueOptions;
import org.answerprint.queue.WorkQueue;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.KeptLetter;
import org.answerprint.stage.Outcome;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageOutbox;
import org.answerprint.stage.TaskRunner;
import org.answerprint.transition.TransitionService;

/**
 * Takes one item after another until it is told to stop, or the queue has been empty for as long as it was told; an item in hand is
 * then handed back, and its attempt does not count. {@link #run} belongs to one thread; the others may be called from any.
 */
public final class Worker {

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration UNWELL = Duration.ofSeconds(5);

  private final Stage stage;
  private final EditService edits;
  private final TransitionService transitions;
  private final TaskRunner runner;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final LongSupplier nanos;
  private final Duration pause;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Optional<Lease> inHand = Optional.empty();
  private volatile boolean handedBack;

  public Worker(Stage stage) {
    this(stage, System::nanoTime, UNWELL);
  }

  /** A worker that asks a queue that is unwell again after the pause. */
  Worker(Stage stage, LongSupplier nanos, Duration pause) {
    this.stage = stage;
    this.nanos = nanos;
    this.pause = pause;
    this.edits = new EditService(stage);
    this.transitions = new TransitionService(stage);
    this.runner = new TaskRunner(stage);
  }

  /** What keeps it from working, if anything does. */
  public Optional<String> trouble() {
    return trouble;
  }

  public void stop() {
    stopping.set(true);
  }

  /** Why it works no more. */
  public enum Ended {
    /** The queue was empty for as long as it was told. */
    IDLE,
    /** It was told to stop, and nothing was left. */
    STOPPED,
    /** There is work that somebody has to do: what was in hand, what waits, or what could not be asked for. */
    LEFT_WORK
  }

  /** Works until {@link #stop}. */
  public Ended run() throws InterruptedException {
    return run(Optional.empty());
  }

  /** Works until {@link #stop}, or until there has been nothing to do for so long. */
  public Ended run(Optional<Duration> idle) throws InterruptedException {
    Waiting waiting = new Waiting(idle, stage.settings().patience(), nanos);
    stage.createWorkQueue();
    QueueOptions options = QueueOptions.named(stage.settings().worker()).withLock(stage.settings().lock())
        .withOnDead(this::givenUp).withKeeper(this::keep);
    try (WorkQueue queue = stage.workQueue(options)) {
      drain(queue, waiting);
    } finally {
      edits.close();
    }
    return ended(waiting);
  }

  /** Takes one item after another from an open queue. */
  void drain(WorkQueue queue, Waiting waiting) throws InterruptedException {
    while (!stopping.get() && !waiting.isOver()) {
      try {
        Optional<Lease> lease = queue.take(WAIT);
        if (lease.isPresent()) {
          handle(lease.get());
        }
        waiting.answered(lease.isPresent());
        trouble = Optional.empty();
      } catch (TransientFault e) {
        waiting.unanswered();
        unwell(e);
      }
    }
  }

  private void unwell(TransientFault e) throws InterruptedException {
    trouble = Optional.of(e.getMessage());
    say("worker_unwell", e.getMessage());
    Thread.sleep(pause);
  }

  private Ended ended(Waiting waiting) {
    if (!stopping.get()) {
      return waiting.isEmpty() ? Ended.IDLE : Ended.LEFT_WORK;
    }
    return handedBack || isLeft() ? Ended.LEFT_WORK : Ended.STOPPED;
  }

  /** Whether the queue says that something waits; a queue that cannot be asked may hold something. */
  private boolean isLeft() {
    try {
      return stage.workDepth().filter(depth -> depth.waiting() > 0).isPresent();
    } catch (TransientFault e) {
      say("worker_unwell", e.getMessage());
      return true;
    }
  }

  /**
   * Hands the item in hand back without waiting for what is being done with it, for a process that ends now. What is under way may go
   * on for a moment, which does no harm.
   */
  public void abandon() {
    edits.abandon();
    transitions.abandon();
    inHand.ifPresent(lease -> lease.retryLater(Duration.ZERO, "the worker had to go"));
  }

  private void handle(Lease lease) throws InterruptedException {
    inHand = Optional.of(lease);
    try {
      settle(lease, see(lease));
    } finally {
      inHand = Optional.empty();
    }
  }

  /** Works on the item, and answers how it is to be settled. */
  private Runnable see(Lease lease) {
    WorkItem item;
    try {
      item = read(lease.item());
    } catch (MalformedEventException e) {
      return () -> lease.dead(e.getMessage(), Map.of());
    }
    try {
      return settlement(lease, item, work(lease, item));
    } catch (TransientFault e) {
      return handBack(lease, UNWELL, e.getMessage());
    }
  }

  private Runnable handBack(Lease lease, Duration delay, String reason) {
    handedBack = stopping.get();
    return () -> lease.retryLater(delay, reason);
  }

  /**
   * Settles the lease, again and again while the queue does not take it: nothing else can be taken before.
   *
   * @throws TransientFault where the queue is unwell and nothing is in hand any more, or the worker is to stop; what it still
   *     holds then goes back as its queue is closed
   */
  private void settle(Lease lease, Runnable settlement) throws InterruptedException {
    while (true) {
      try {
        settlement.run();
        return;
      } catch (TransientFault e) {
        if (stopping.get() || !lease.held()) {
          handedBack = handedBack || lease.held();
          throw e;
        }
        unwell(e);
      }
    }
  }

  private static WorkItem read(Item item) {
    return FactCodec.readWork(item.header(StageOutbox.TYPE).orElse(""), item.body());
  }

  private Outcome work(Lease lease, WorkItem item) {
    Monitor monitor = (done, total) -> {
      if (stopping.get()) {
        throw new Monitor.Cancelled("the worker is stopping");
      }
      lease.renew();
    };
    Delivery delivery = lease.deliveryCount() > 1 ? Delivery.AGAIN : Delivery.FIRST;
    return switch (item) {
      case WorkItem.EditWork edit -> edits.edit(edit, monitor, delivery);
      case WorkItem.TransitionWork bridge -> transitions.bridge(bridge, monitor, delivery);
    };
  }

  private Runnable settlement(Lease lease, WorkItem item, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished finished -> lease::done;
      case Outcome.Dropped dropped -> lease::done;
      case Outcome.Later later -> handBack(lease, later.delay(), later.reason());
      case Outcome.Failed failed when failed.kind() == FailureKind.INTERNAL -> () -> lease.dead(failed.reason(),
          Map.of("job", item.jobId().value(), "task", item.taskKey().value(), "attempt", Integer.toString(failed.attempt())));
      case Outcome.Failed failed -> lease::done;
    };
  }

  /** The queue gave an item up that killed its workers again and again: its job has to know. */
  private void givenUp(DeadLetter letter) {
    WorkItem item;
    try {
      item = read(letter.item());
    } catch (MalformedEventException e) {
      say("poison_item", letter.reason());
      return;
    }
    TaskRunner.Task task = switch (item) {
      case WorkItem.EditWork edit -> edits.task(edit, Monitor.NONE);
      case WorkItem.TransitionWork bridge -> transitions.task(bridge, Monitor.NONE);
    };
    runner.fail(task, TaskRunner.ATTEMPTS, FailureKind.INTERNAL, letter.reason());
  }

  /** What the dead-letter topic does not take lies in the bucket instead. */
  private void keep(DeadLetter letter, TransientFault refusal) {
    KeptLetter.of(letter.origin(), letter.item().key(), letter.item().headers(), letter.item().body(), letter.reason(), refusal.getMessage())
        .keep(stage);
  }

  private void say(String fact, String reason) {
    stage.facts().say(FactLine.of(fact, "").with("worker", stage.settings().worker()).with("reason", reason));
  }
}
