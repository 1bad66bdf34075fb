package org.answerprint.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * Takes one item after another until it is told to stop; an item in hand is then handed back, and its attempt does not
 * count. {@link #run} belongs to one thread; {@link #stop} may be called from any.
 */
public final class Worker {

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration UNWELL = Duration.ofSeconds(5);

  private final Stage stage;
  private final EditService edits;
  private final TransitionService transitions;
  private final TaskRunner runner;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile Optional<String> trouble = Optional.empty();

  public Worker(Stage stage) {
    this.stage = stage;
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

  /** Works until {@link #stop}. */
  public void run() throws InterruptedException {
    stage.createWorkQueue();
    QueueOptions options = QueueOptions.named(stage.settings().worker()).withLock(stage.settings().lock())
        .withOnDead(this::givenUp).withKeeper(this::keep);
    try (WorkQueue queue = stage.workQueue(options)) {
      while (!stopping.get()) {
        try {
          queue.take(WAIT).ifPresent(this::handle);
          trouble = Optional.empty();
        } catch (TransientFault e) {
          trouble = Optional.of(e.getMessage());
          say("worker_unwell", e.getMessage());
          Thread.sleep(UNWELL);
        }
      }
    } finally {
      edits.close();
    }
  }

  private void handle(Lease lease) {
    WorkItem item;
    try {
      item = read(lease.item());
    } catch (MalformedEventException e) {
      lease.dead(e.getMessage(), Map.of());
      return;
    }
    try {
      settle(lease, item, work(lease, item));
    } catch (TransientFault e) {
      lease.retryLater(UNWELL, e.getMessage());
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

  private void settle(Lease lease, WorkItem item, Outcome outcome) {
    switch (outcome) {
      case Outcome.Finished finished -> lease.done();
      case Outcome.Dropped dropped -> lease.done();
      case Outcome.Later later -> lease.retryLater(later.delay(), later.reason());
      case Outcome.Failed failed when failed.kind() == FailureKind.INTERNAL -> lease.dead(failed.reason(),
          Map.of("job", item.jobId().value(), "task", item.taskKey().value(), "attempt", Integer.toString(failed.attempt())));
      case Outcome.Failed failed -> lease.done();
    }
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
