package org.answerprint.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constants as ONNX stores them: little-endian, in the order of the axes. */
final class Numbers {

  private Numbers() {}

  static ByteBuffer bytes(TensorType type, double... values) {
    Types.require(type.shape().elements().is(values.length), "%s does not hold %d numbers", type, values.length);
    ByteBuffer bytes = allocate(values.length * type.element().bytes());
    for (double value : values) {
      switch (type.element()) {
        case FLOAT -> bytes.putFloat((float) value);
        case DOUBLE -> bytes.putDouble(value);
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16((float) value));
        case INT32 -> bytes.putInt((int) value);
        case INT64 -> bytes.putLong((long) value);
        case BOOL -> bytes.put((byte) (value == 0 ? 0 : 1));
      }
    }
    return bytes.flip().asReadOnlyBuffer();
  }

  static ByteBuffer bytes(long... values) {
    ByteBuffer bytes = allocate(values.length * Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.flip().asReadOnlyBuffer();
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
