package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a kernel moves over the spatial axes: one number per axis in each list.
 *
 * @param strides how far it moves
 * @param before how many zeros stand before the first element
 * @param after how many zeros stand after the last element
 */
public record Window(List<Long> strides, List<Long> before, List<Long> after) {

  public Window {
    strides = List.copyOf(strides);
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != strides.size() || after.size() != strides.size()) {
      throw new IllegalArgumentException("a window has one stride and two paddings per axis");
    }
    if (strides.stream().anyMatch(stride -> stride < 1)) {
      throw new IllegalArgumentException("a stride is at least 1: " + strides);
    }
  }

  /** The same on each of two axes. */
  public static Window of(long stride, long padding) {
    return of(2, stride, padding, padding);
  }

  /** The same on each of so many axes. */
  public static Window of(int axes, long stride, long before, long after) {
    return new Window(Collections.nCopies(axes, stride), Collections.nCopies(axes, before), Collections.nCopies(axes, after));
  }

  int axes() {
    return strides.size();
  }

  boolean isDense() {
    return strides.stream().allMatch(stride -> stride == 1);
  }

  /** How many places a kernel takes along an axis. */
  long places(int axis, long length, long kernel) {
    long room = length + before.get(axis) + after.get(axis) - kernel;
    Types.require(room >= 0, "a kernel of %d does not fit an axis of %d", kernel, length);
    return room / strides.get(axis) + 1;
  }

  /** Of a convolution of stride 1 that undoes this one's moves: as if the kernel left from its other end. */
  Window turned(List<Long> kernel) {
    List<Long> from = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      from.add(kernel.get(axis) - 1 - before.get(axis));
      to.add(kernel.get(axis) - 1 - after.get(axis));
    }
    return new Window(strides, from, to);
  }

  /** The same seen from the other end of every axis. */
  Window mirrored() {
    return new Window(strides, after, before);
  }

  boolean hasNegativePadding() {
    return IntStream.range(0, axes()).anyMatch(axis -> before.get(axis) < 0 || after.get(axis) < 0);
  }

  Attributes attributes() {
    List<Long> pads = new ArrayList<>(before);
    pads.addAll(after);
    return Attributes.of("strides", strides).and("pads", pads);
  }
}
