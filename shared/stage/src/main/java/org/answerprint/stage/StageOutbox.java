package org.answerprint.stage;

import java.util.Map;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.Message;
import org.answerprint.events.WorkItem;
import org.answerprint.facts.FactLine;
import org.answerprint.facts.FactLog;
import org.answerprint.jobs.Outbox;
import org.answerprint.queue.Item;
import org.answerprint.queue.WorkSender;
import org.answerprint.transport.FactPublisher;

/** Facts to their topics, work items to the work queue; every fact is also logged and counted. Thread-safe. */
public final class StageOutbox implements Outbox, AutoCloseable {

  /** The header that names a work item's type. */
  public static final String TYPE = "type";

  private final FactPublisher facts;
  private final WorkSender work;
  private final FactLog log;

  public StageOutbox(FactPublisher facts, WorkSender work, FactLog log) {
    this.facts = facts;
    this.work = work;
    this.log = log;
  }

  @Override
  public void send(Message message) {
    switch (message) {
      case Fact fact -> facts.publish(fact);
      case WorkItem item -> work.send(new Item(item.taskKey().value(), Map.of(TYPE, item.type()), FactCodec.bytes(item)));
    }
    log.say(line(message));
  }

  private static FactLine line(Message message) {
    FactLine line = FactLine.of(FactLine.nameOf(message.type()), message.jobId().value());
    return switch (message) {
      case Fact.ShotFound found -> line.shot(found.shot());
      case Fact.ShotEdited edited -> line.shot(edited.shot()).attempt(edited.attempt()).with("task", edited.taskKey().value());
      case Fact.TransitionMade made -> line.shot(made.shot()).attempt(made.attempt()).with("task", made.taskKey().value());
      case Fact.TaskFailed failed -> line.shot(failed.shot()).attempt(failed.attempt())
          .with("task", failed.taskKey().value()).with("kind", failed.kind().name()).with("reason", failed.reason());
      case Fact.JobEnded ended -> line.with("state", ended.state().name()).with("reason", ended.reason().orElse(""));
      case Fact.VideoRejected rejected -> line.with("reason", rejected.reason());
      case WorkItem.EditWork edit -> line.shot(edit.shot()).with("task", edit.taskKey().value());
      case WorkItem.TransitionWork bridge -> line.shot(bridge.leftShot()).with("task", bridge.taskKey().value());
      case Fact other -> line;
    };
  }

  @Override
  public void close() {
    facts.close();
    work.close();
  }
}
