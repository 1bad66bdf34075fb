package org.answerprint.bundles;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What one may do with weights, in a word that is shown wherever they are used. */
public enum Licence {
  /** Free for any use. */
  @JsonProperty("open") OPEN,
  /** Free, with uses that are ruled out. */
  @JsonProperty("rail") RAIL,
  @JsonProperty("non-commercial") NON_COMMERCIAL,
  /** The checkpoint does not say. */
  @JsonProperty("unknown") UNKNOWN;

  /** Of a model card's word: {@code creativeml-openrail-m}, {@code apache-2.0}, {@code cc-by-nc-4.0}. */
  static Licence ofWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.contains("-nc") || lower.contains("non-commercial") || lower.contains("noncommercial")) {
      return NON_COMMERCIAL;
    }
    if (lower.contains("rail")) {
      return RAIL;
    }
    return lower.matches("apache-.*|mit|bsd.*|cc0.*|cc-by-4.0|unlicense|isc") ? OPEN : UNKNOWN;
  }
}
