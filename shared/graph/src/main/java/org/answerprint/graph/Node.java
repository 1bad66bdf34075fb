package org.answerprint.graph;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One application of an operator. A node is made after its inputs, so that the order of {@link #sequence} is an order in
 * which nodes can run. Immutable once made.
 */
final class Node {

  private static final AtomicLong COUNT = new AtomicLong();

  private final long sequence = COUNT.getAndIncrement();
  private final Operator operator;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final Place place;

  Node(Operator operator, List<Tensor> inputs, List<TensorType> types, Place place) {
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
    this.outputs = types.stream().map(type -> new Tensor(this, type)).toList();
    this.place = place;
  }

  long sequence() {
    return sequence;
  }

  Operator operator() {
    return operator;
  }

  List<Tensor> inputs() {
    return inputs;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  Place place() {
    return place;
  }

  List<TensorType> inputTypes() {
    return inputs.stream().map(Tensor::type).toList();
  }

  @Override
  public String toString() {
    return (place.path().isEmpty() ? "" : place.path() + " ") + operator;
  }

  /**
   * Where in the network a node stands.
   *
   * @param path the module's name with dots between its parts, empty at the top
   * @param block the recompute block it belongs to, by the path that opened it
   */
  record Place(String path, Optional<String> block) {

    static final Place TOP = new Place("", Optional.empty());

    Place in(String name) {
      return new Place(path.isEmpty() ? name : path + "." + name, block);
    }

    Place block(String name) {
      Place inner = in(name);
      return new Place(inner.path, Optional.of(inner.path));
    }

    Place outsideBlocks() {
      return new Place(path, Optional.empty());
    }
  }
}
