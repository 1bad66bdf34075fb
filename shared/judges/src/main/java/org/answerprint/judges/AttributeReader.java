package org.answerprint.judges;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;

/**
 * Reads what pictures of the Toybox show: pattern, colour, material, shape and place. Its accuracy on renders that it has not learnt
 * from is in the module's README, and bounds what can be said of an edit. Not for several threads at once.
 */
public final class AttributeReader implements AutoCloseable {

  private final Sessions sessions;

  private AttributeReader(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The reader with the weights that come with this module. */
  public static AttributeReader open(Engine engine) {
    return open(engine, Weights.of(ToyboxJudges.Part.READER));
  }

  static AttributeReader open(Engine engine, Tensors weights) {
    return new AttributeReader(new Sessions(engine, weights, size -> ReaderNetwork.USUAL.graph(size.width(), size.height())));
  }

  /**
   * What each picture shows.
   *
   * @param pictures of one size; other sizes than 64x64 and 112x64 are brought to whichever of them is more nearly of their form
   */
  public List<Reading> read(List<Picture> pictures) {
    List<Reading> readings = new ArrayList<>();
    sessions.see(ReaderNetwork.PICTURES, pictures, (session, rows) -> {
      for (int row = 0; row < rows; row++) {
        Map<Attribute, Integer> values = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
          values.put(attribute, largest(session.values(ReaderNetwork.logits(attribute)), row, attribute.count()));
        }
        readings.add(new Reading(values));
      }
    });
    return readings;
  }

  private static int largest(float[] logits, int row, int count) {
    int best = 0;
    for (int value = 1; value < count; value++) {
      if (logits[row * count + value] > logits[row * count + best]) {
        best = value;
      }
    }
    return best;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
