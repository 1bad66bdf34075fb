package org.answerprint.judges;

import java.util.function.Function;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.Material;
import org.answerprint.toybox.Pattern;
import org.answerprint.toybox.Place;
import org.answerprint.toybox.Shape;
import org.answerprint.toybox.ToyColour;

/** What can be read in a single picture of the Toybox: all of a caption but motion and camera move. */
public enum Attribute {
  PATTERN("pattern", Pattern.values(), Attributes::pattern),
  COLOUR("color", ToyColour.values(), Attributes::colour),
  MATERIAL("material", Material.values(), Attributes::material),
  SHAPE("shape", Shape.values(), Attributes::shape),
  PLACE("place", Place.values(), Attributes::place);

  private final String key;
  private final Enum<?>[] values;
  private final Function<Attributes, Enum<?>> of;

  Attribute(String key, Enum<?>[] values, Function<Attributes, Enum<?>> of) {
    this.key = key;
    this.values = values;
    this.of = of;
  }

  /** Its name in reports. */
  public String key() {
    return key;
  }

  /** How many values it can have. */
  public int count() {
    return values.length;
  }

  /** The number, from 0, of the value that attributes have. */
  public int of(Attributes attributes) {
    return of.apply(attributes).ordinal();
  }

  /** Attributes that differ from others in this one alone. @param value a number from 0 */
  public Attributes in(Attributes a, int value) {
    return switch (this) {
      case PATTERN -> new Attributes(Pattern.values()[value], a.colour(), a.material(), a.shape(), a.motion(), a.place(), a.camera());
      case COLOUR -> new Attributes(a.pattern(), ToyColour.values()[value], a.material(), a.shape(), a.motion(), a.place(), a.camera());
      case MATERIAL -> new Attributes(a.pattern(), a.colour(), Material.values()[value], a.shape(), a.motion(), a.place(), a.camera());
      case SHAPE -> new Attributes(a.pattern(), a.colour(), a.material(), Shape.values()[value], a.motion(), a.place(), a.camera());
      case PLACE -> new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), a.motion(), Place.values()[value], a.camera());
    };
  }
}
