package org.answerprint.weights;

import java.util.List;

/**
 * The way down to a dictionary inside a PyTorch checkpoint.
 *
 * @param keys one for each step; none for the dictionary at the top
 */
public record KeyPath(List<String> keys) {

  /** The dictionary that holds everything else. */
  public static final KeyPath TOP = new KeyPath(List.of());

  public KeyPath {
    keys = List.copyOf(keys);
  }

  public static KeyPath of(String... keys) {
    return new KeyPath(List.of(keys));
  }

  /** For people: {@code /ema}. */
  @Override
  public String toString() {
    return "/" + String.join("/", keys);
  }
}
