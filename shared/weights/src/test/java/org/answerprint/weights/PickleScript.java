package org.answerprint.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Pickles of protocol 2, instruction by instruction, as {@code torch.save} writes them, and any others. */
final class PickleScript {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int memos;

  PickleScript() {
    raw(0x80, 2);
  }

  PickleScript raw(int... instructions) {
    for (int instruction : instructions) {
      bytes.write(instruction);
    }
    return this;
  }

  PickleScript raw(String instructions) {
    bytes.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  PickleScript global(String module, String name) {
    return raw("c" + module + "\n" + name + "\n").memo();
  }

  PickleScript text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw('X').int32(utf8.length);
    bytes.writeBytes(utf8);
    return memo();
  }

  /** In the shortest form, as Python's pickler has it. */
  PickleScript whole(long number) {
    if (number >= 0 && number < 1 << 8) {
      return raw('K', (int) number);
    }
    if (number >= 0 && number < 1 << 16) {
      return raw('M', (int) number & 255, (int) number >> 8);
    }
    if (number == (int) number) {
      return raw('J').int32((int) number);
    }
    raw(0x8a, Long.BYTES);
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    return this;
  }

  PickleScript wholes(long... numbers) {
    if (numbers.length > 3) {
      raw('(');
    }
    for (long number : numbers) {
      whole(number);
    }
    return numbers.length == 0 ? raw(')') : raw(numbers.length > 3 ? 't' : 0x84 + numbers.length).memo();
  }

  PickleScript emptyOrderedDict() {
    return global("collections", "OrderedDict").raw(")R").memo();
  }

  PickleScript storage(String type, String key, long elements) {
    int dot = type.lastIndexOf('.');
    return raw('(').text("storage").global(type.substring(0, dot), type.substring(dot + 1)).text(key).text("cpu")
        .whole(elements).raw('t').memo().raw('Q');
  }

  /** A tensor as {@code torch._utils._rebuild_tensor_v2} makes it. */
  PickleScript tensor(String storageType, String key, long elements, long offset, long[] size, long... strides) {
    return global("torch._utils", "_rebuild_tensor_v2").raw('(')
        .storage(storageType, key, elements).whole(offset).wholes(size).wholes(strides).raw(0x89).emptyOrderedDict()
        .raw('t').memo().raw('R').memo();
  }

  byte[] end() {
    return raw('.').bytes.toByteArray();
  }

  PickleScript memo() {
    int index = memos++;
    return index < 1 << 8 ? raw('q', index) : raw('r').int32(index);
  }

  private PickleScript int32(int number) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }
}
