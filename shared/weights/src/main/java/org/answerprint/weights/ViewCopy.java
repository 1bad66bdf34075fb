package org.answerprint.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Views as tensors: those stored row by row are slices of the file; the others are copied into order, and all copies
 * of one file together are no larger than the file.
 */
final class ViewCopy {

  private final MappedFile file;
  private final Arena arena;
  private long room;

  ViewCopy(MappedFile file, Arena arena) {
    this.file = file;
    this.arena = arena;
    this.room = file.size();
  }

  Tensor tensor(String name, Pickled.View view) {
    TensorSpec spec;
    try {
      spec = new TensorSpec(name, view.type(), view.shape());
    } catch (IllegalArgumentException e) {
      throw file.fault("has a tensor %s that is too large", Quoted.name(name));
    }
    if (rowByRow(view)) {
      return new Tensor(spec, view.bytes().asSlice(view.offset() * view.type().bytes(), spec.bytes()));
    }
    room -= Math.min(spec.bytes(), room + 1);
    if (room < 0) {
      throw file.fault("has tensors, %s among them, that repeat their elements beyond the file's size; "
          + "save contiguous ones", Quoted.name(name));
    }
    MemorySegment ordered = arena.allocate(spec.bytes(), view.type().bytes());
    copy(view, 0, view.offset(), ordered, 0);
    return new Tensor(spec, ordered);
  }

  private static boolean rowByRow(Pickled.View view) {
    List<Long> size = view.shape().axes();
    long expected = 1;
    for (int axis = size.size() - 1; axis >= 0; axis--) {
      if (size.get(axis) != 1 && view.strides().get(axis) != expected) {
        return view.shape().elements() == 0;
      }
      expected *= size.get(axis);
    }
    return true;
  }

  /** Copies what is below one axis; goes as deep as there are axes. Returns how many elements are written then. */
  private static long copy(Pickled.View view, int axis, long from, MemorySegment to, long written) {
    int width = view.type().bytes();
    if (axis == view.shape().rank()) {
      MemorySegment.copy(view.bytes(), from * width, to, written * width, width);
      return written + 1;
    }
    long stride = view.strides().get(axis);
    long done = written;
    for (long i = 0; i < view.shape().axes().get(axis); i++) {
      done = copy(view, axis + 1, from + i * stride, to, done);
    }
    return done;
  }
}
