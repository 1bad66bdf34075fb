package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Everything that a checkpoint's pickle may hold. */
sealed interface Pickled {

  /**
   * What may be a key. Keys are comparable, so that many of one hash, made up by somebody, are still found fast; and
   * they hold no other values, whose comparison could take for ever.
   */
  sealed interface Key extends Pickled permits Text, Whole {}

  record Text(String value) implements Key, Comparable<Text> {

    @Override
    public int compareTo(Text other) {
      return value.compareTo(other.value);
    }
  }

  record Whole(long value) implements Key, Comparable<Whole> {

    @Override
    public int compareTo(Whole other) {
      return Long.compare(value, other.value);
    }
  }

  record Fraction(double value) implements Pickled {}

  record Truth(boolean value) implements Pickled {}

  /** {@code None}. */
  record Nothing() implements Pickled {}

  /** A list or a tuple; a list grows while the pickle is read. Compared by identity, because it may hold itself. */
  final class Sequence implements Pickled {

    private final List<Pickled> items;

    Sequence(List<Pickled> items) {
      this.items = items;
    }

    List<Pickled> items() {
      return items;
    }
  }

  /** {@code dict} or {@code OrderedDict}; grows while the pickle is read. Compared by identity. */
  final class Dictionary implements Pickled {

    private final SequencedMap<Key, Pickled> entries = new LinkedHashMap<>();

    SequencedMap<Key, Pickled> entries() {
      return entries;
    }
  }

  /** What a pickle may ask for to be made; each is made here, by code of ours. */
  enum Maker implements Pickled {
    ORDERED_DICT, REBUILD_TENSOR, REBUILD_TENSOR_OF_TYPE, REBUILD_PARAMETER
  }

  /**
   * A class of storages.
   *
   * @param type empty where the tensors on a storage say the type
   */
  record StorageType(Optional<ElementType> type) implements Pickled {}

  /** {@code torch.float32} and its kin. */
  record TypeName(ElementType type) implements Pickled {}

  /**
   * The elements of one or more tensors.
   *
   * @param type empty where the tensors on it say the type
   * @param bytes all of it
   */
  record Storage(Optional<ElementType> type, MemorySegment bytes) implements Pickled {}

  /**
   * A tensor on a storage, checked to lie within it.
   *
   * @param bytes of the storage
   * @param offset of the first element, in elements
   * @param strides in elements, one for each axis
   */
  record View(ElementType type, MemorySegment bytes, long offset, Shape shape, List<Long> strides)
      implements Pickled {}
}
