package org.answerprint.runtime;

import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;

/** A text encoder at work: token ids to the states that a denoiser attends to. Not for several threads at once. */
public final class TextEncoder implements AutoCloseable {

  private final Session session;
  private final int tokens;

  private TextEncoder(Session session, int tokens) {
    this.session = session;
    this.tokens = tokens;
  }

  /** Loads the graph. @throws RequestFault where it is not that of a text encoder */
  public static TextEncoder open(Engine engine, Graph graph, BoundWeights weights) {
    Ports ports = new Ports("text_encoder", graph);
    long tokens = ports.input("input_ids", ElementType.INT64, 2).size(1);
    ports.output("last_hidden_state", 3);
    return new TextEncoder(Session.open(engine, graph.withOutputs("last_hidden_state"), weights), Math.toIntExact(tokens));
  }

  /** Tokens of a text, 77. */
  public int tokens() {
    return tokens;
  }

  /** The last hidden states {@code [B, tokens, D]} of ids {@code [B, tokens]}. */
  public float[] encode(long[] ids) {
    session.longs("input_ids", Slot.rows(ids.length, tokens), tokens).put(ids);
    session.run();
    return session.values("last_hidden_state");
  }

  @Override
  public void close() {
    session.close();
  }
}
