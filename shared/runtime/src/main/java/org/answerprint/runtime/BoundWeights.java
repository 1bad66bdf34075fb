package org.answerprint.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.NamedType;
import org.answerprint.weights.Conversion;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WantedTensor;
import org.answerprint.weights.WantedTensors;

/**
 * Tensors of a file as the weights of graphs: in the file's own memory where the stored type is the wanted one, else converted
 * once into memory of its own. Sessions read them in place, so they, and the tensors given, must be closed after the sessions.
 * Several sessions may share them.
 */
public final class BoundWeights implements AutoCloseable {

  private static final long LARGEST_BUFFER = Integer.MAX_VALUE;

  private final Map<String, OnnxTensorLike> bound = new LinkedHashMap<>();
  private final Arena converted = Arena.ofShared();

  private BoundWeights() {}

  /** Without any weight, for graphs that have none. */
  public static BoundWeights none() {
    return new BoundWeights();
  }

  /**
   * Binds what is wanted; other tensors are let be.
   *
   * @throws RequestFault that names every wanted tensor that is missing, or has another shape or no floating type
   */
  public static BoundWeights of(Tensors tensors, Collection<NamedType> wanted) {
    WantedTensors.of(wanted.stream().map(BoundWeights::wanted).toList()).ignoring(name -> true).require(tensors);
    BoundWeights weights = new BoundWeights();
    try {
      for (NamedType weight : wanted) {
        weights.bound.put(weight.name(), weights.bind(tensors.get(weight.name()), weight));
      }
      return weights;
    } catch (OrtException e) {
      weights.close();
      throw new InternalFault("ONNX Runtime refuses the weights of %s: %s".formatted(tensors.source(), e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  private static WantedTensor wanted(NamedType weight) {
    long[] lengths = weight.type().shape().sizes();
    return weight.type().element().isFloating() ? WantedTensor.floats(weight.name(), lengths)
        : new WantedTensor(weight.name(), org.answerprint.weights.Shape.of(lengths), Set.of(Elements.stored(weight.type().element())));
  }

  private OnnxTensor bind(Tensor tensor, NamedType wanted) throws OrtException {
    org.answerprint.weights.ElementType element = Elements.stored(wanted.type().element());
    long bytes = Math.multiplyExact(tensor.shape().elements(), element.bytes());
    if (bytes > LARGEST_BUFFER) {
      throw new RequestFault("The tensor %s has %d bytes, and one tensor has at most %d; give a smaller network".formatted(
          wanted.name(), bytes, LARGEST_BUFFER));
    }
    ByteBuffer data = tensor.type() == element && tensor.buffer().isDirect() ? tensor.buffer() : converted(tensor, element, bytes);
    return OnnxTensor.createTensor(OnnxRuntime.environment(), data.order(ByteOrder.nativeOrder()), tensor.shape().toArray(),
        Elements.java(wanted.type().element()));
  }

  private ByteBuffer converted(Tensor tensor, org.answerprint.weights.ElementType element, long bytes) {
    MemorySegment memory = converted.allocate(bytes, Long.BYTES);
    Conversion.convert(tensor, element, memory);
    return memory.asByteBuffer();
  }

  /** The names that are bound. */
  public List<String> names() {
    return List.copyOf(bound.keySet());
  }

  Map<String, OnnxTensorLike> bound() {
    return Collections.unmodifiableMap(bound);
  }

  @Override
  public void close() {
    bound.values().forEach(tensor -> ((OnnxTensor) tensor).close());
    bound.clear();
    if (converted.scope().isAlive()) {
      converted.close();
    }
  }
}
