package org.answerprint.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.answerprint.graph.Graph;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Tensors;

/** Rows of tensors one after another. */
final class Rows {

  private static final int CHANNELS = 3;

  private Rows() {}

  static float[] joined(List<float[]> rows) {
    int length = rows.getFirst().length;
    float[] all = new float[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * length, length);
    }
    return all;
  }

  /** What errors count where those on some places count more by a factor of these shares. */
  static float[] oneAnd(float factor, float[] shares) {
    float[] weights = new float[shares.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + factor * shares[i];
    }
    return weights;
  }

  /** Pictures of {@code [B, 3, H, W]}. */
  static List<Picture> pictures(float[] planes, Size size) {
    int length = CHANNELS * size.width() * size.height();
    List<Picture> pictures = new ArrayList<>();
    for (int from = 0; from < planes.length; from += length) {
      pictures.add(new Picture(size.width(), size.height(), Arrays.copyOfRange(planes, from, from + length)));
    }
    return pictures;
  }

  /** One call of a graph of known lengths: its first output. */
  static float[] run(Graph graph, Tensors weights, Map<String, float[]> inputs) {
    try (BoundWeights bound = BoundWeights.of(weights, graph.weights()); Session session = Session.open(Engine.cpu(), graph, bound)) {
      graph.inputs().forEach(input -> session.floats(input.name(), input.type().shape().sizes()).put(inputs.get(input.name())));
      session.run();
      return session.values(graph.outputs().getFirst().name());
    }
  }
}
