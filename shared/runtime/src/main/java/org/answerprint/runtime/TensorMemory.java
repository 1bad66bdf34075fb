package org.answerprint.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.answerprint.faults.InternalFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.TensorType;

/**
 * The elements of one tensor in memory of its own, which sessions read and write where it lies: what one call gives, another
 * takes, and nothing is copied. Zeros to begin with. To be closed after the last call; not for several threads at once.
 */
public final class TensorMemory implements AutoCloseable {

  private final TensorType type;
  private final ByteBuffer memory;
  private final OnnxTensor tensor;

  /** Memory for a type whose lengths are all numbers. */
  public TensorMemory(TensorType type) {
    this.type = type;
    long bytes = Math.multiplyExact(type.shape().elements().value(), type.element().bytes());
    this.memory = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    try {
      this.tensor = OnnxTensor.createTensor(OnnxRuntime.environment(), memory, type.shape().sizes(), Elements.java(type.element()));
    } catch (OrtException e) {
      throw new InternalFault("ONNX Runtime refuses memory of %s: %s".formatted(type, e.getMessage()), e);
    }
  }

  /** What it holds. */
  public TensorType type() {
    return type;
  }

  /** All elements of FLOAT, to be read or written. */
  public FloatBuffer floats() {
    require(ElementType.FLOAT);
    return memory.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** All elements of INT64, to be read or written. */
  public LongBuffer longs() {
    require(ElementType.INT64);
    return memory.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer();
  }

  /** The memory itself, for as long as this object is reachable. */
  public MemorySegment bytes() {
    return MemorySegment.ofBuffer(memory.duplicate());
  }

  private void require(ElementType element) {
    if (type.element() != element) {
      throw new InternalFault("Memory of %s was asked for %s.".formatted(type, element));
    }
  }

  OnnxTensor value() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
