package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The lengths of a tensor's axes, outermost first; no axes means a single number. Negative axes count from the last. */
public record Shape(List<Dim> dims) {

  /** No axes: one number. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
  }

  /** A shape known now. */
  public static Shape of(long... lengths) {
    return new Shape(Arrays.stream(lengths).mapToObj(Dim::of).toList());
  }

  /** A shape of lengths, some of which may be names. */
  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  /** How many axes there are. */
  public int rank() {
    return dims.size();
  }

  /** The axis as counted from 0, for one that may count from the last. */
  public int axis(int axis) {
    int counted = axis < 0 ? axis + rank() : axis;
    if (counted < 0 || counted >= rank()) {
      throw new IllegalArgumentException("there is no axis " + axis + " in " + this);
    }
    return counted;
  }

  /** The length of an axis. */
  public Dim dim(int axis) {
    return dims.get(axis(axis));
  }

  /** The length of an axis, which must be a number. */
  public long size(int axis) {
    return dim(axis).value();
  }

  /** Whether every length is a number. */
  public boolean isKnown() {
    return dims.stream().allMatch(Dim::isNumber);
  }

  /** The number of elements. */
  public Dim elements() {
    return dims.stream().reduce(Dim.of(1), Dim::times);
  }

  /** The lengths, all of which must be numbers. */
  public long[] sizes() {
    return dims.stream().mapToLong(Dim::value).toArray();
  }

  /** This shape with one length replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis(axis), dim);
    return new Shape(changed);
  }

  /** This shape with one length replaced. */
  public Shape with(int axis, long length) {
    return with(axis, Dim.of(length));
  }

  /** The axes from one up to, but without, another. */
  public Shape part(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  /** These axes followed by others. */
  public Shape followedBy(Shape inner) {
    List<Dim> all = new ArrayList<>(dims);
    all.addAll(inner.dims);
    return new Shape(all);
  }

  /** What two operands give together: axes are aligned at the last, and a 1 stretches to the other's length. */
  public static Shape broadcast(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    List<Dim> joint = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Dim a = left.alignedDim(axis, rank);
      Dim b = right.alignedDim(axis, rank);
      if (!a.equals(b) && !a.is(1) && !b.is(1)) {
        throw new IllegalArgumentException("the shapes " + left + " and " + right + " do not broadcast together");
      }
      joint.add(a.is(1) ? b : a);
    }
    return new Shape(joint);
  }

  /** The length at an axis of a shape of the given rank to which this one is broadcast. */
  Dim alignedDim(int axis, int rank) {
    int own = axis - (rank - rank());
    return own < 0 ? Dim.of(1) : dims.get(own);
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
