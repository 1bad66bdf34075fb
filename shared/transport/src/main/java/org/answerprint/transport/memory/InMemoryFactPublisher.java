package org.answerprint.transport.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.transport.FactPublisher;

/** Keeps what was published, in order. Each fact goes through JSON and back, as it would on its way. */
public final class InMemoryFactPublisher implements FactPublisher {

  private final List<Fact> facts = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Fact fact) {
    facts.add(FactCodec.readFact(fact.type(), FactCodec.bytes(fact)));
  }

  /** What was published so far; a copy. */
  public List<Fact> published() {
    return List.copyOf(facts);
  }

  /** What was published of one kind so far; a copy. */
  public <F extends Fact> List<F> published(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() { }
}
