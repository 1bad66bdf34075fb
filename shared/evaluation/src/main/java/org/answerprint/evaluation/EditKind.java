package org.answerprint.evaluation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.answerprint.judges.Attribute;

/** What an edit asks for. */
public enum EditKind {
  PATTERN("pattern", List.of(Attribute.PATTERN)),
  COLOUR("color", List.of(Attribute.COLOUR)),
  MATERIAL("material", List.of(Attribute.MATERIAL)),
  PLACE("place", List.of(Attribute.PLACE)),
  /** Two different ones of the four. */
  TWO("two", List.of());

  private static final List<Attribute> SINGLE = List.of(Attribute.PATTERN, Attribute.COLOUR, Attribute.MATERIAL, Attribute.PLACE);

  private final String key;
  private final List<Attribute> always;

  EditKind(String key, List<Attribute> always) {
    this.key = key;
    this.always = always;
  }

  /** Its name in tables. */
  public String key() {
    return key;
  }

  /** Which attributes an edit of this kind changes. */
  List<Attribute> draw(RandomGenerator random) {
    if (this != TWO) {
      return always;
    }
    int first = random.nextInt(SINGLE.size());
    int second = (first + 1 + random.nextInt(SINGLE.size() - 1)) % SINGLE.size();
    return List.of(SINGLE.get(first), SINGLE.get(second));
  }
}
