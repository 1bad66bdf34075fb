package org.answerprint.models;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.TensorSpec;

/** Tensors that inputs are made of. */
final class Inputs {

  private Inputs() {}

  static Tensor scalar(String name, double value) {
    return Tensor.ofFloats(name, Shape.of(), (float) value);
  }

  static Tensor zeros(String name, long... shape) {
    return Tensor.ofFloats(name, Shape.of(shape), new float[Math.toIntExact(Shape.of(shape).elements())]);
  }

  static Tensor longs(String name, Shape shape, long... values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return new Tensor(new TensorSpec(name, ElementType.INT64, shape), MemorySegment.ofBuffer(bytes));
  }

  /** These and some more; those given count before the others. */
  static Map<String, Tensor> with(Map<String, Tensor> given, Tensor... others) {
    Map<String, Tensor> all = new HashMap<>();
    for (Tensor other : others) {
      all.put(other.name(), other);
    }
    all.putAll(given);
    return all;
  }
}
