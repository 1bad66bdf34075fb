package org.answerprint.media;

import java.util.Objects;

/**
 * What a picture stream is tagged with besides its colour; it is handed on to the edited film.
 *
 * @param fields how pictures are woven of fields
 * @param chromaLocation where chroma samples lie, by FFmpeg's names (left, center, topleft ...), or unspecified
 * @param hdr what is said about brightness
 */
public record Signal(FieldOrder fields, String chromaLocation, HdrMetadata hdr) {

  /** Whole pictures, nothing said. */
  public static final Signal PLAIN = new Signal(FieldOrder.PROGRESSIVE, "unspecified", HdrMetadata.NONE);

  public Signal {
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(chromaLocation, "chromaLocation");
    Objects.requireNonNull(hdr, "hdr");
  }

  /** The same with another order of fields. */
  public Signal with(FieldOrder order) {
    return new Signal(order, chromaLocation, hdr);
  }

  boolean interlaced() {
    return fields != FieldOrder.PROGRESSIVE;
  }
}
