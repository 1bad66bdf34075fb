package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A named tensor and its elements: row-major, without gaps, little-endian, not to be written. The memory lives as long
 * as the {@link Tensors} it came from; it need not be aligned to the element type. Safe to share between threads.
 *
 * @param spec name, type and shape
 * @param data the elements, exactly {@code spec.bytes()} of them
 */
public record Tensor(TensorSpec spec, MemorySegment data) {

  /** @throws IllegalArgumentException where memory and shape are of different size */
  public Tensor {
    if (data.byteSize() != spec.bytes()) {
      throw new IllegalArgumentException("%s of %d bytes was given %d".formatted(spec, spec.bytes(), data.byteSize()));
    }
    data = data.asReadOnly();
  }

  /** A float32 tensor of its own memory, which the collector frees. */
  public static Tensor ofFloats(String name, Shape shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Tensor(new TensorSpec(name, ElementType.FLOAT32, shape), MemorySegment.ofBuffer(bytes));
  }

  public String name() {
    return spec.name();
  }

  public ElementType type() {
    return spec.type();
  }

  public Shape shape() {
    return spec.shape();
  }

  /** The same elements under another name. */
  public Tensor named(String name) {
    return new Tensor(new TensorSpec(name, type(), shape()), data);
  }

  /**
   * The elements as a read-only, little-endian buffer over the same memory, direct where the tensor came from a file.
   *
   * @throws IllegalStateException above 2 GiB; read such a tensor in windows, through {@link #data}
   */
  public ByteBuffer buffer() {
    if (data.byteSize() > Integer.MAX_VALUE) {
      throw new IllegalStateException("%s is %d bytes, and a buffer holds 2 GiB".formatted(spec, data.byteSize()));
    }
    return data.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The elements as floats on the heap, converted where they are of another floating-point type: for small tensors.
   *
   * @throws IllegalStateException where they are no floating-point numbers, or more than an array holds
   */
  public float[] toFloats() {
    if (!type().isFloat() || shape().elements() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(spec + " cannot be read as an array of floats");
    }
    float[] values = new float[(int) shape().elements()];
    Conversion.toFloats(this, 0, values, 0, values.length);
    return values;
  }
}
