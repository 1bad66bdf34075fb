package org.answerprint.training;

import java.util.Map;

/**
 * The data of one step. Arrays are not copied.
 *
 * @param graph which of the lesson's graphs it is for
 * @param floats values of the FLOAT inputs, row-major, by name
 * @param longs values of the INT64 inputs, row-major, by name
 */
public record Batch(int graph, Map<String, float[]> floats, Map<String, long[]> longs) {

  public Batch {
    floats = Map.copyOf(floats);
    longs = Map.copyOf(longs);
  }

  /** A batch of FLOAT inputs alone. */
  public static Batch of(int graph, Map<String, float[]> floats) {
    return new Batch(graph, floats, Map.of());
  }
}
