package org.answerprint.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.answerprint.faults.InternalFault;

/**
 * What rows of a forward pass can lend to another: at each ported attention layer, the normalised input of some rows. Arrays
 * are the owner's and are not copied; who makes one from arrays does not write to them any more.
 *
 * @param rows how many, at least one
 * @param byLayer {@code [rows, tokens, channels]} by the layer's id
 */
public record Features(int rows, Map<String, float[]> byLayer) {

  public Features {
    byLayer = Map.copyOf(byLayer);
    if (rows < 1 || byLayer.values().stream().anyMatch(values -> values.length % rows != 0)) {
      throw new InternalFault("Features of %d rows do not fit their arrays.".formatted(rows));
    }
  }

  /** The rows of these, then those of others of the same layers. */
  public Features and(Features others) {
    Map<String, float[]> joined = new HashMap<>();
    byLayer.forEach((id, mine) -> {
      float[] theirs = others.byLayer.get(id);
      float[] both = Arrays.copyOf(mine, mine.length + theirs.length);
      System.arraycopy(theirs, 0, both, mine.length, theirs.length);
      joined.put(id, both);
    });
    return new Features(rows + others.rows, joined);
  }

  /** Some of the rows, in this order. */
  public Features pick(int... picked) {
    Map<String, float[]> some = new HashMap<>();
    byLayer.forEach((id, values) -> {
      int row = values.length / rows;
      float[] taken = new float[picked.length * row];
      for (int i = 0; i < picked.length; i++) {
        System.arraycopy(values, picked[i] * row, taken, i * row, row);
      }
      some.put(id, taken);
    });
    return new Features(picked.length, some);
  }
}
