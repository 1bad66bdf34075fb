package org.answerprint.joins;

import java.util.List;
import org.answerprint.faults.RequestFault;

/** The joins that recipes may name. */
public final class Joins {

  private static final List<Join> ALL = List.of(new Cut(), new Dissolve(), new Morph());

  private Joins() {}

  /** Every name that {@link #byName} knows. */
  public static List<String> names() {
    return ALL.stream().map(Join::name).toList();
  }

  /**
   * The join of that name.
   *
   * @throws RequestFault where there is none, naming those that there are
   */
  public static Join byName(String name) {
    return ALL.stream().filter(join -> join.name().equals(name)).findFirst().orElseThrow(() -> new RequestFault(
        "there is no transition called '" + name + "': use one of " + String.join(", ", names())));
  }
}
