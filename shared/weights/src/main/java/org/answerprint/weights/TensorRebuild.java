package org.answerprint.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes tensors of storages, as torch's functions of these names do, and checks that they lie within them. */
final class TensorRebuild {

  private static final int MOST_AXES = 32;

  private TensorRebuild() {}

  /** Storage, offset, size, strides, whether a gradient is wanted, hooks; the last two are of no account here. */
  static Pickled tensor(List<Pickled> arguments) throws Unpickler.Wrong {
    require(arguments.size() >= 4, "a tensor is made of too few things");
    Pickled.Storage storage = storage(arguments);
    return view(storage, storage.type(), arguments);
  }

  /** As {@link #tensor}, and the type as the seventh. */
  static Pickled tensorOfType(List<Pickled> arguments) throws Unpickler.Wrong {
    require(arguments.size() >= 7, "a tensor is made of too few things");
    if (!(arguments.get(6) instanceof Pickled.TypeName(ElementType type))) {
      throw new Unpickler.Wrong("a tensor's type is none");
    }
    return view(storage(arguments), Optional.of(type), arguments);
  }

  /** A tensor, whether a gradient is wanted, hooks: it is the tensor. */
  static Pickled parameter(List<Pickled> arguments) throws Unpickler.Wrong {
    if (!arguments.isEmpty() && arguments.getFirst() instanceof Pickled.View tensor) {
      return tensor;
    }
    throw new Unpickler.Wrong("a parameter is made of no tensor");
  }

  private static Pickled.Storage storage(List<Pickled> arguments) throws Unpickler.Wrong {
    if (arguments.getFirst() instanceof Pickled.Storage storage) {
      return storage;
    }
    throw new Unpickler.Wrong("a tensor is made on no storage");
  }

  private static Pickled.View view(
      Pickled.Storage storage, Optional<ElementType> type, List<Pickled> arguments) throws Unpickler.Wrong {
    ElementType element = type.orElseThrow(() -> new Unpickler.Wrong("a tensor on an untyped storage has no type"));
    long offset = whole(arguments.get(1), "offset");
    List<Long> size = wholes(arguments.get(2), "size");
    List<Long> strides = wholes(arguments.get(3), "strides");
    require(size.size() == strides.size(), "a tensor of size %s has the strides %s".formatted(size, strides));
    Shape shape;
    try {
      shape = new Shape(size);
    } catch (IllegalArgumentException e) {
      throw new Unpickler.Wrong("a tensor has a size that cannot be, " + size);
    }
    long available = storage.bytes().byteSize() / element.bytes();
    require(offset <= available && span(size, strides) <= available - offset,
        "a tensor of size %s, strides %s and offset %d does not lie within its storage of %d elements".formatted(
            size, strides, offset, available));
    return new Pickled.View(element, storage.bytes(), offset, shape, strides);
  }

  /** The elements from a tensor's first to its last one, both included; all there are where that overflows. */
  private static long span(List<Long> size, List<Long> strides) {
    if (size.contains(0L)) {
      return 0;
    }
    try {
      long span = 1;
      for (int axis = 0; axis < size.size(); axis++) {
        span = Math.addExact(span, Math.multiplyExact(size.get(axis) - 1, strides.get(axis)));
      }
      return span;
    } catch (ArithmeticException overflow) {
      return Long.MAX_VALUE;
    }
  }

  private static List<Long> wholes(Pickled value, String what) throws Unpickler.Wrong {
    if (!(value instanceof Pickled.Sequence sequence) || sequence.items().size() > MOST_AXES) {
      throw new Unpickler.Wrong("a tensor's %s is no tuple of up to %d numbers".formatted(what, MOST_AXES));
    }
    long[] numbers = new long[sequence.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = whole(sequence.items().get(i), what);
    }
    return Arrays.stream(numbers).boxed().toList();
  }

  private static long whole(Pickled value, String what) throws Unpickler.Wrong {
    if (value instanceof Pickled.Whole(long number) && number >= 0) {
      return number;
    }
    throw new Unpickler.Wrong("a tensor's %s is no number from 0 up".formatted(what));
  }

  private static void require(boolean fine, String otherwise) throws Unpickler.Wrong {
    if (!fine) {
      throw new Unpickler.Wrong(otherwise);
    }
  }
}
