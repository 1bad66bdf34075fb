package org.answerprint.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.NamedType;

/** The memory of one input or output of a session: kept from call to call, and grown when a longer shape asks for it. */
final class Slot implements AutoCloseable {

  private final NamedType type;
  private ByteBuffer memory = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
  private long[] shape = {-1};
  private OnnxTensor tensor;

  Slot(NamedType type) {
    this.type = type;
  }

  /** How many rows of a length an array holds; anything left over is a mistake. */
  static long rows(long elements, long row) {
    if (elements < row || elements % row != 0) {
      throw new InternalFault("%d elements are no whole number of rows of %d.".formatted(elements, row));
    }
    return elements / row;
  }

  /** Memory for this shape; its elements are what they were where the shape is the last call's. */
  ByteBuffer shaped(long[] asked) {
    requireFit(asked);
    if (!Arrays.equals(asked, shape)) {
      int bytes = Math.toIntExact(Math.multiplyExact(elements(asked), type.type().element().bytes()));
      if (bytes > memory.capacity()) {
        memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      }
      close();
      memory.clear().limit(bytes);
      shape = asked.clone();
      tensor = tensor();
    }
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }

  private OnnxTensor tensor() {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.environment(), memory.slice().order(ByteOrder.nativeOrder()), shape,
          Elements.java(element()));
    } catch (OrtException e) {
      throw new InternalFault("ONNX Runtime refuses %s of %s: %s".formatted(type.name(), Arrays.toString(shape), e.getMessage()), e);
    }
  }

  private static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private void requireFit(long[] asked) {
    boolean fits = asked.length == type.type().shape().rank();
    for (int axis = 0; fits && axis < asked.length; axis++) {
      Dim dim = type.type().shape().dim(axis);
      fits = asked[axis] >= 1 && (!dim.isNumber() || dim.is(asked[axis]));
    }
    if (!fits) {
      throw new InternalFault("%s is %s here, and was given %s.".formatted(type.name(), type.type(), Arrays.toString(asked)));
    }
  }

  /** Notes what the names among its lengths stand for in this call; two values for one name are a mistake. */
  void noteLengths(Map<String, Long> lengths) {
    if (tensor == null) {
      throw new InternalFault("The input %s was never filled.".formatted(type.name()));
    }
    for (int axis = 0; axis < shape.length; axis++) {
      long length = shape[axis];
      type.type().shape().dim(axis).name().ifPresent(name -> {
        Long before = lengths.putIfAbsent(name, length);
        if (before != null && before != length) {
          throw new InternalFault("%s is %d in one input and %d in %s.".formatted(name, before, length, type.name()));
        }
      });
    }
  }

  /** Memory for what its lengths are where names stand for these values. */
  void shapedFor(Map<String, Long> lengths) {
    shaped(type.type().shape().dims().stream().mapToLong(dim -> dim.at(lengths)).toArray());
  }

  ElementType element() {
    return type.type().element();
  }

  long[] shape() {
    return shape.clone();
  }

  ByteBuffer elements() {
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }

  OnnxTensor value() {
    return tensor;
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
    shape = new long[] {-1};
  }
}
