package org.answerprint.storage;

/**
 * The three buckets: only {@code in} raises events, only people write to it, and results land in {@code out}.
 */
public record Buckets(String in, String work, String out) {

  public Buckets {
    if (in.isBlank() || work.isBlank() || out.isBlank()) {
      throw new IllegalArgumentException("three bucket names are needed, not '" + in + "', '" + work + "', '" + out + "'");
    }
  }

  /** The names {@code <prefix>-in}, {@code <prefix>-work} and {@code <prefix>-out}. */
  public static Buckets prefixed(String prefix) {
    return new Buckets(prefix + "-in", prefix + "-work", prefix + "-out");
  }
}
