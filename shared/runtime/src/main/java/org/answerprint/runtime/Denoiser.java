package org.answerprint.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;

/** A denoiser of images at work, with or without attention ports. Not for several threads at once. */
public final class Denoiser implements AutoCloseable {

  private static final String POOL = "kv_pool.";
  private static final String STATE = "kv_state.";

  private final Session session;
  private final Shape sample;
  private final Shape text;
  private final Map<String, Shape> ported = new LinkedHashMap<>();

  private Denoiser(Session session, Shape sample, Shape text) {
    this.session = session;
    this.sample = sample;
    this.text = text;
  }

  /** Loads the graph. @throws RequestFault where it is not that of a denoiser of images */
  public static Denoiser open(Engine engine, Graph graph, BoundWeights weights) {
    Ports ports = new Ports("unet", graph);
    Shape sample = ports.input("sample", ElementType.FLOAT, 4).part(1, 4);
    Shape text = ports.input("encoder_hidden_states", ElementType.FLOAT, 3).part(1, 3);
    ports.input("timestep", ElementType.FLOAT, 0);
    ports.output("out_sample", 4);
    Map<String, Shape> ported = new LinkedHashMap<>();
    for (NamedType input : graph.inputs()) {
      if (input.name().startsWith(POOL)) {
        String id = input.name().substring(POOL.length());
        ports.output(STATE + id, 3);
        ported.put(id, ports.input(input.name(), ElementType.FLOAT, 3).part(1, 3));
      }
    }
    if (!ported.isEmpty()) {
      ports.input("kv_index", ElementType.INT64, 2);
      ports.input("kv_keep", ElementType.INT64, 1);
    }
    Denoiser denoiser = new Denoiser(Session.open(engine, graph, weights), sample, text);
    denoiser.ported.putAll(ported);
    return denoiser;
  }

  /** The ids of the layers that are open. */
  public Set<String> ported() {
    return Set.copyOf(ported.keySet());
  }

  /** The shape of one row of the sample: channels, height, width. */
  public Shape sample() {
    return sample;
  }

  /** One row of zeros, for a pass to which nothing is carried: runtimes do not take axes of length 0. */
  public Features nothing() {
    Map<String, float[]> zeros = new HashMap<>();
    ported.forEach((id, shape) -> zeros.put(id, new float[Math.toIntExact(shape.elements().value())]));
    return new Features(1, zeros);
  }

  /**
   * The prediction {@code [B, C, h, w]} of a denoiser without ports.
   *
   * @param samples {@code [B, Cin, h, w]}
   * @param texts {@code [B, 77, D]}
   */
  public float[] denoise(float[] samples, double timestep, float[] texts) {
    fill(samples, timestep, texts);
    session.run();
    return session.values("out_sample");
  }

  /**
   * Whose features each row attends to.
   *
   * @param carried rows of earlier passes: numbers 0 to P - 1
   * @param seen for each row in turn as many row numbers as for any other; number P + b is row b of the same pass
   * @param kept the rows of this pass whose features are wanted, at least one
   */
  public record Sharing(Features carried, long[] seen, long[] kept) {}

  /** What a pass with ports gives: the prediction, and the features of the rows that were to be kept. */
  public record Shared(float[] prediction, Features kept) {}

  /** The prediction of a denoiser with ports, rows attending to others' features. */
  public Shared denoise(float[] samples, double timestep, float[] texts, Sharing sharing) {
    long rows = fill(samples, timestep, texts);
    requireNumbers(sharing, rows);
    session.longs("kv_index", rows, sharing.seen().length / rows).put(sharing.seen());
    session.longs("kv_keep", sharing.kept().length).put(sharing.kept());
    ported.forEach((id, shape) -> session.floats(POOL + id, sharing.carried().rows(), shape.size(0), shape.size(1))
        .put(sharing.carried().byLayer().get(id)));
    session.run();
    Map<String, float[]> states = new HashMap<>();
    ported.keySet().forEach(id -> states.put(id, session.values(STATE + id)));
    return new Shared(session.values("out_sample"), new Features(sharing.kept().length, states));
  }

  private long fill(float[] samples, double timestep, float[] texts) {
    long rows = Slot.rows(samples.length, sample.elements().value());
    session.floats("sample", rows, sample.size(0), sample.size(1), sample.size(2)).put(samples);
    session.floats("timestep").put((float) timestep);
    session.floats("encoder_hidden_states", Slot.rows(texts.length, text.elements().value()), text.size(0), text.size(1)).put(texts);
    return rows;
  }

  /** Outside their bounds a gather reads whatever lies there, or fails in a sentence that names nothing of ours. */
  private void requireNumbers(Sharing sharing, long rows) {
    long known = sharing.carried().rows() + rows;
    boolean fits = sharing.seen().length > 0 && sharing.seen().length % rows == 0 && sharing.kept().length > 0
        && Arrays.stream(sharing.seen()).allMatch(row -> row >= 0 && row < known)
        && Arrays.stream(sharing.kept()).allMatch(row -> row >= 0 && row < rows)
        && sharing.carried().byLayer().keySet().containsAll(ported.keySet());
    if (!fits) {
      throw new InternalFault("%d carried rows and %d of this pass do not go with seen %s, kept %s and layers %s.".formatted(
          sharing.carried().rows(), rows, Arrays.toString(sharing.seen()), Arrays.toString(sharing.kept()),
          ported.keySet()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
