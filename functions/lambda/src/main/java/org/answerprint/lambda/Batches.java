package org.answerprint.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.KeptLetter;
import org.answerprint.stage.Stage;
import org.jboss.logging.Logger;

/**
 * Does the messages of a batch one after another, and says which are to come again. A wrong request is done. A message of
 * SQS that met trouble is given back and comes again after a pause, until its queue makes a dead letter of it. Kafka
 * repeats whole batches until they succeed: trouble of the world is thrown, and what nobody can do lies in
 * {@code work/dead-letters/}, so that it does not keep its partition waiting. Thread-safe.
 */
@ApplicationScoped
public class Batches {

  private static final Logger LOG = Logger.getLogger(Batches.class);

  private final Stage stage;
  private final GivingBack queues;

  @Inject
  public Batches(Stage stage, GivingBack queues) {
    this.stage = stage;
    this.queues = queues;
  }

  /**
   * Does every message of the call.
   *
   * @throws TransientFault where a record of Kafka is to come again
   */
  public BatchAnswer each(JsonNode call, Consumer<BatchItem> work) {
    List<BatchAnswer.Failure> failures = new ArrayList<>();
    for (BatchItem item : Batch.of(call).items()) {
      if (!isDone(item, work)) {
        failures.add(new BatchAnswer.Failure(item.id()));
      }
    }
    return new BatchAnswer(failures);
  }

  private boolean isDone(BatchItem item, Consumer<BatchItem> work) {
    try {
      work.accept(item);
      return true;
    } catch (RequestFault wrong) {
      LOG.warnf("%s asks for what cannot be done: %s", item.origin(), wrong.getMessage());
      return true;
    } catch (TransientFault unwell) {
      LOG.warnf("%s is to come again: %s", item.origin(), unwell.getMessage());
      return givenBack(item, unwell);
    } catch (RuntimeException ours) {
      LOG.errorf(ours, "%s could not be done", item.origin());
      return kept(item, ours);
    }
  }

  private boolean givenBack(BatchItem item, TransientFault unwell) {
    if (item.receipt().isEmpty()) {
      throw unwell;
    }
    queues.giveBack(item.receipt().get());
    return false;
  }

  private boolean kept(BatchItem item, RuntimeException ours) {
    if (item.receipt().isPresent()) {
      queues.giveBack(item.receipt().get());
      return false;
    }
    new KeptLetter(item.origin(), "", item.headers(), item.body(), String.valueOf(ours.getMessage()), "Kafka would repeat it for ever").keep(stage);
    return true;
  }
}
