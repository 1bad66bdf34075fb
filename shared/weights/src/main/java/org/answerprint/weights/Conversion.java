package org.answerprint.weights;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Between floating-point types, window by window, so that the heap never holds more than a window. Every conversion
 * goes through float32: to wider types it is exact, to narrower ones it rounds to nearest, ties to even; what is too
 * large becomes infinite, and not-a-number stays so. Thread-safe.
 */
public final class Conversion {

  private static final int WINDOW = 1 << 14;
  private static final ValueLayout.OfDouble DOUBLE = JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Conversion() {}

  /**
   * Writes elements of a tensor as another type.
   *
   * @param first the first element to take, in row-major order
   * @param count how many to take
   * @param type to write; the tensor's own type is copied as it is, whatever it is
   * @param target at least {@code count} elements of that type, of any alignment
   * @throws IllegalArgumentException where one of two different types is no floating-point type
   * @throws IndexOutOfBoundsException where tensor or target is too short
   */
  public static void convert(Tensor source, long first, long count, ElementType type, MemorySegment target) {
    Objects.checkFromIndexSize(first, count, source.shape().elements());
    Objects.checkFromIndexSize(0, count * type.bytes(), target.byteSize());
    int width = source.type().bytes();
    if (source.type() == type) {
      MemorySegment.copy(source.data(), first * width, target, 0, count * width);
      return;
    }
    if (!source.type().isFloat() || !type.isFloat()) {
      throw new IllegalArgumentException(
          "%s cannot become %s: only floating-point types are converted".formatted(source.spec(), type));
    }
    Window window = new Window();
    for (long done = 0; done < count; done += WINDOW) {
      int length = (int) Math.min(WINDOW, count - done);
      window.load(source.type(), source.data(), (first + done) * width, window.floats, 0, length);
      window.store(type, target, done * type.bytes(), length);
    }
  }

  /** Writes a whole tensor as another type; see {@link #convert(Tensor, long, long, ElementType, MemorySegment)}. */
  public static void convert(Tensor source, ElementType type, MemorySegment target) {
    convert(source, 0, source.shape().elements(), type, target);
  }

  /**
   * Reads elements of a floating-point tensor as floats.
   *
   * @throws IllegalArgumentException where it is no floating-point tensor
   * @throws IndexOutOfBoundsException where tensor or target is too short
   */
  public static void toFloats(Tensor source, long first, float[] target, int offset, int count) {
    Objects.checkFromIndexSize(first, count, source.shape().elements());
    Objects.checkFromIndexSize(offset, count, target.length);
    if (!source.type().isFloat()) {
      throw new IllegalArgumentException(source.spec() + " holds no floating-point numbers");
    }
    Window window = new Window();
    for (int done = 0; done < count; done += WINDOW) {
      int length = Math.min(WINDOW, count - done);
      window.load(source.type(), source.data(), (first + done) * source.type().bytes(), target, offset + done, length);
    }
  }

  /** The upper half of a float, rounded to nearest, ties to even. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Scratch arrays of one conversion: loops over arrays are those the compiler turns into vector instructions. */
  private static final class Window {

    private final float[] floats = new float[WINDOW];
    private final short[] shorts = new short[WINDOW];
    private final double[] doubles = new double[WINDOW];

    void load(ElementType type, MemorySegment from, long offset, float[] into, int at, int length) {
      switch (type) {
        case FLOAT32 -> MemorySegment.copy(from, FLOAT, offset, into, at, length);
        case FLOAT16 -> {
          MemorySegment.copy(from, SHORT, offset, shorts, 0, length);
          for (int i = 0; i < length; i++) {
            into[at + i] = Float.float16ToFloat(shorts[i]);
          }
        }
        case BFLOAT16 -> {
          MemorySegment.copy(from, SHORT, offset, shorts, 0, length);
          for (int i = 0; i < length; i++) {
            into[at + i] = fromBfloat16(shorts[i]);
          }
        }
        case FLOAT64 -> {
          MemorySegment.copy(from, DOUBLE, offset, doubles, 0, length);
          for (int i = 0; i < length; i++) {
            into[at + i] = (float) doubles[i];
          }
        }
        default -> throw new IllegalArgumentException(type + " is no floating-point type");
      }
    }

    void store(ElementType type, MemorySegment target, long offset, int length) {
      switch (type) {
        case FLOAT32 -> MemorySegment.copy(floats, 0, target, FLOAT, offset, length);
        case FLOAT16 -> {
          for (int i = 0; i < length; i++) {
            shorts[i] = Float.floatToFloat16(floats[i]);
          }
          MemorySegment.copy(shorts, 0, target, SHORT, offset, length);
        }
        case BFLOAT16 -> {
          for (int i = 0; i < length; i++) {
            shorts[i] = toBfloat16(floats[i]);
          }
          MemorySegment.copy(shorts, 0, target, SHORT, offset, length);
        }
        case FLOAT64 -> {
          for (int i = 0; i < length; i++) {
            doubles[i] = floats[i];
          }
          MemorySegment.copy(doubles, 0, target, DOUBLE, offset, length);
        }
        default -> throw new IllegalArgumentException(type + " is no floating-point type");
      }
    }
  }
}
