package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/** Reads the lengths a reshape is asked for: 0 keeps an axis's own, one -1 follows from all others. */
final class Lengths {

  private Lengths() {}

  static Shape resolve(Shape from, long... lengths) {
    List<Dim> dims = new ArrayList<>();
    Dim known = Dim.of(1);
    int open = -1;
    for (int axis = 0; axis < lengths.length; axis++) {
      if (lengths[axis] == -1) {
        Types.require(open < 0, "only one length can follow from the others");
        open = axis;
        dims.add(Dim.of(1));
      } else {
        Dim dim = lengths[axis] == 0 ? from.dim(axis) : Dim.of(lengths[axis]);
        dims.add(dim);
        known = known.times(dim);
      }
    }
    if (open >= 0) {
      Dim rest = known;
      dims.set(open, from.elements().dividedBy(known).orElseThrow(
          () -> new IllegalArgumentException("the elements of " + from + " do not divide by " + rest)));
    }
    return new Shape(dims);
  }
}
