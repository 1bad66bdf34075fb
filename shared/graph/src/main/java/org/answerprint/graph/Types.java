package org.answerprint.graph;

import java.util.List;

/** The checks that shape rules share; each refuses with a sentence of what was wanted and found. */
final class Types {

  private Types() {}

  static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }

  static void requireInputs(List<TensorType> inputs, int least, int most) {
    require(inputs.size() >= least && inputs.size() <= most, "%d to %d inputs are wanted, found %d", least, most, inputs.size());
  }

  static void requireRank(TensorType type, int least, String what) {
    require(type.shape().rank() >= least, "%s wants at least %d axes, found %s", what, least, type);
  }

  static void requireShape(TensorType type, Shape wanted, String what) {
    require(type.shape().equals(wanted), "%s wants the shape %s, found %s", what, wanted, type.shape());
  }

  static void requireFloating(TensorType type, String what) {
    require(type.element().isFloating(), "%s wants floating elements, found %s", what, type);
  }

  static void requireSameElement(List<TensorType> types) {
    require(types.stream().map(TensorType::element).distinct().count() <= 1, "one element type is wanted, found %s", types);
  }
}
