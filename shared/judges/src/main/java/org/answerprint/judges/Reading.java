package org.answerprint.judges;

import java.util.EnumMap;
import java.util.Map;
import org.answerprint.toybox.Attributes;

/**
 * What was read in one picture. Immutable.
 *
 * @param values the number, from 0, of each attribute's value
 */
public record Reading(Map<Attribute, Integer> values) {

  /** Copies the map, which has every attribute. */
  public Reading {
    values = Map.copyOf(values);
    if (values.size() != Attribute.values().length) {
      throw new IllegalArgumentException("a reading of " + values.keySet());
    }
  }

  /** What a caption with these attributes says of a picture. */
  public static Reading of(Attributes attributes) {
    Map<Attribute, Integer> values = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      values.put(attribute, attribute.of(attributes));
    }
    return new Reading(values);
  }

  /** Whether an attribute was read as these attributes have it. */
  public boolean agrees(Attributes attributes, Attribute attribute) {
    return values.get(attribute) == attribute.of(attributes);
  }
}
