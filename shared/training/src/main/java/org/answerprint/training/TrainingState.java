package org.answerprint.training;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.AdamW;
import org.answerprint.graph.NamedType;
import org.answerprint.runtime.TensorMemory;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * Weights, moments and averages, twice: what a step reads and what it writes, which change places after it. Not for several
 * threads at once.
 */
final class TrainingState implements AutoCloseable {

  private static final String STEP = "step";
  private static final List<UnaryOperator<String>> PARTS = List.of(
      UnaryOperator.identity(), AdamW::moment1, AdamW::moment2, StepGraph::average);

  private final List<NamedType> weights;
  private Map<String, TensorMemory> now = new LinkedHashMap<>();
  private Map<String, TensorMemory> next = new LinkedHashMap<>();
  private long step;

  TrainingState(List<NamedType> weights) {
    this.weights = List.copyOf(weights);
    for (NamedType weight : weights) {
      for (UnaryOperator<String> part : PARTS) {
        now.put(part.apply(weight.name()), new TensorMemory(weight.type()));
        next.put(part.apply(weight.name()), new TensorMemory(weight.type()));
      }
    }
  }

  /** Steps taken. */
  long step() {
    return step;
  }

  /** The weights by name, for a forward pass. */
  Map<String, TensorMemory> weights() {
    Map<String, TensorMemory> found = new LinkedHashMap<>();
    weights.forEach(weight -> found.put(weight.name(), now.get(weight.name())));
    return found;
  }

  /** All that a step reads. */
  Map<String, TensorMemory> now() {
    return now;
  }

  /** All that a step writes, by the names of what it takes the place of. */
  Map<String, TensorMemory> next() {
    return next;
  }

  /** The step is taken. */
  void advance() {
    Map<String, TensorMemory> before = now;
    now = next;
    next = before;
    step++;
  }

  /** The first weights, which are their own average. */
  void begin(NamedType weight, float[] values) {
    now.get(weight.name()).floats().put(values);
    now.get(StepGraph.average(weight.name())).floats().put(values);
  }

  /** The weights' average, by the weights' names, in memory that the next step changes. */
  Tensors average() {
    return Tensors.of("the weights in training",
        weights.stream().map(weight -> tensor(weight.name(), now.get(StepGraph.average(weight.name())))).toList());
  }

  /** Writes all of it, or leaves an earlier file as it was. */
  void save(Path file) {
    List<Tensor> tensors = new ArrayList<>(List.of(stepTensor()));
    now.forEach((name, memory) -> tensors.add(tensor(name, memory)));
    SafetensorsWriter.write(file, Tensors.of(file.toString(), tensors), Map.of());
  }

  /** @throws RequestFault where the file is not that of such a training */
  void load(Path file) {
    try (Tensors tensors = WeightFiles.open(file)) {
      now.forEach((name, memory) -> {
        Tensor found = tensors.get(name);
        if (!found.spec().equals(tensor(name, memory).spec())) {
          throw new RequestFault("%s holds %s, and this training has %s; begin it anew".formatted(
              file, found.spec(), tensor(name, memory).spec()));
        }
        memory.bytes().copyFrom(found.data());
      });
      step = tensors.get(STEP).buffer().getLong(0);
    }
  }

  private Tensor stepTensor() {
    return new Tensor(new TensorSpec(STEP, ElementType.INT64, Shape.of(1)), MemorySegment.ofArray(new long[] {step}));
  }

  private static Tensor tensor(String name, TensorMemory memory) {
    Shape shape = Shape.of(memory.type().shape().sizes());
    return new Tensor(new TensorSpec(name, ElementType.FLOAT32, shape), memory.bytes());
  }

  /** Whether any weight is no number any more. */
  boolean isBroken() {
    return weights.stream().anyMatch(weight -> {
      FloatBuffer values = now.get(weight.name()).floats();
      boolean broken = false;
      while (values.hasRemaining()) {
        broken |= !Float.isFinite(values.get());
      }
      return broken;
    });
  }

  @Override
  public void close() {
    now.values().forEach(TensorMemory::close);
    next.values().forEach(TensorMemory::close);
  }
}
