package org.answerprint.graph;

import java.nio.ByteBuffer;
import java.util.List;

/** Where values come from: nodes without inputs. Nothing flows back through them. */
sealed interface Source extends Operator {

  @Override
  default void differentiate(Backward backward) {}

  @Override
  default List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    throw new IllegalStateException("a source is written as it is: " + this);
  }

  /** Given at every run, by name. */
  record Input(String name, TensorType type) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(type);
    }
  }

  /** Bound by name when the graph is loaded. */
  record Weight(String name, TensorType type) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(type);
    }
  }

  /** Numbers written into the graph: little-endian, in the order of the axes. */
  record Constant(TensorType type, ByteBuffer data) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(type);
    }

    @Override
    public String toString() {
      return "Constant[" + type + "]";
    }
  }

  /** Lengths as a vector of INT64, those known only at the run included. */
  record Sizes(Shape shape) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(ElementType.INT64, Shape.of(shape.rank())));
    }

    @Override
    public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
      return List.of(lowering.sizes(shape));
    }
  }
}
