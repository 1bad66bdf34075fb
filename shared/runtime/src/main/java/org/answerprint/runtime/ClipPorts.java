package org.answerprint.runtime;

import java.util.Arrays;
import org.answerprint.faults.InternalFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Shape;

/** The inputs that all graphs of a denoiser of clips share. */
record ClipPorts(Session session, Shape sample, Shape text, boolean takesAlongTime) {

  static final String COMPONENT = "unet_video";
  private static final String MASK = "temporal_mask";

  static ClipPorts open(Engine engine, Graph graph, BoundWeights weights) {
    Ports ports = new Ports(COMPONENT, graph);
    Shape sample = ports.input("sample", ElementType.FLOAT, 5).part(1, 5);
    Shape text = ports.input("encoder_hidden_states", ElementType.FLOAT, 3).part(1, 3);
    ports.input("timestep", ElementType.FLOAT, 0);
    boolean takesAlongTime = graph.inputs().stream().anyMatch(input -> input.name().equals(MASK));
    if (takesAlongTime) {
      ports.input(MASK, ElementType.FLOAT, 2);
      ports.input("temporal_gate", ElementType.FLOAT, 0);
    }
    return new ClipPorts(Session.open(engine, graph, weights), sample, text, takesAlongTime);
  }

  void fill(float[] samples, double timestep, float[] texts, AlongTime time) {
    long rows = Slot.rows(samples.length, sample.elements().value());
    session.floats("sample", rows, sample.size(0), sample.size(1), sample.size(2), sample.size(3)).put(samples);
    session.floats("timestep").put((float) timestep);
    session.floats("encoder_hidden_states", Slot.rows(texts.length, text.elements().value()), text.size(0), text.size(1)).put(texts);
    long frames = sample.size(1);
    if (takesAlongTime) {
      session.floats(MASK, frames, frames).put(time.mask());
      session.floats("temporal_gate").put((float) time.gate());
    } else if (time.gate() != 1 || !Arrays.equals(time.mask(), new float[time.mask().length])) {
      throw new InternalFault("This denoiser of clips has no %s: its frames always see each other.".formatted(MASK));
    }
  }
}
