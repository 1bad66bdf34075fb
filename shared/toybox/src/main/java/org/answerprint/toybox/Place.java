package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** Where the object stands: the colours of the ground, of the sky at the horizon, and of the sky high above. */
public enum Place {
  GRASS("grass", new Colour(0.30, 0.55, 0.18), new Colour(0.55, 0.75, 0.95), new Colour(0.24, 0.48, 0.86)),
  SNOW("snow", new Colour(0.90, 0.92, 0.96), new Colour(0.70, 0.80, 0.90), new Colour(0.42, 0.60, 0.84)),
  SAND("sand", new Colour(0.85, 0.72, 0.45), new Colour(0.95, 0.80, 0.60), new Colour(0.66, 0.66, 0.72)),
  ASPHALT("asphalt", new Colour(0.28, 0.28, 0.30), new Colour(0.62, 0.66, 0.70), new Colour(0.38, 0.43, 0.50)),
  WATER("water", new Colour(0.10, 0.35, 0.60), new Colour(0.85, 0.60, 0.50), new Colour(0.44, 0.34, 0.52)),
  NIGHT("night", new Colour(0.08, 0.10, 0.18), new Colour(0.02, 0.02, 0.08), new Colour(0.01, 0.01, 0.03));

  private final String words;
  private final Colour ground;
  private final Colour horizon;
  private final Colour zenith;

  Place(String words, Colour ground, Colour horizon, Colour zenith) {
    this.words = words;
    this.ground = ground;
    this.horizon = horizon;
    this.zenith = zenith;
  }

  /** The words a caption uses for this place. */
  public String words() {
    return words;
  }

  /** The place that captions call by exactly these words, or empty if there is none. */
  public static Optional<Place> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }

  Colour ground() {
    return ground;
  }

  Colour horizon() {
    return horizon;
  }

  Colour zenith() {
    return zenith;
  }
}
