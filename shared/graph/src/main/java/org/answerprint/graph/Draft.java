package org.answerprint.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Node.Place;
import org.answerprint.graph.Source.Input;
import org.answerprint.graph.Source.Weight;

/** The graph that builders of all its paths write to. */
final class Draft {

  /** What makes two nodes the same; tensors are compared as handles. */
  private record Identity(Operator operator, List<Tensor> inputs, Optional<String> block) {}

  private final ElementType floating;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Map<Identity, Node> nodes = new HashMap<>();
  private final Optional<Lowering> lowering;

  Draft(ElementType floating) {
    this(floating, Optional.empty());
  }

  private Draft(ElementType floating, Optional<Lowering> lowering) {
    this.floating = floating;
    this.lowering = lowering;
  }

  /** A draft in which every operator is lowered as it is applied. */
  static Draft lowered(ElementType floating, Lowering lowering) {
    return new Draft(floating, Optional.of(lowering));
  }

  static Draft extending(Graph graph) {
    Draft draft = new Draft(graph.floating());
    graph.inputTensors().forEach(draft::adopt);
    graph.weightTensors().forEach(draft::adopt);
    graph.outputTensors().forEach(draft.outputs::put);
    for (Node node : graph.nodes()) {
      draft.nodes.put(new Identity(node.operator(), node.inputs(), node.place().block()), node);
    }
    return draft;
  }

  /** Takes an input or a weight of another graph as it is. */
  void adopt(Tensor source) {
    switch (source.node().operator()) {
      case Input input -> inputs.put(input.name(), source);
      case Weight weight -> weights.put(weight.name(), source);
      default -> throw new IllegalStateException("neither input nor weight: " + source);
    }
  }

  ElementType floating() {
    return floating;
  }

  Tensor input(String name, TensorType type) {
    return named("input", inputs, name, new Input(name, type), type);
  }

  Tensor weight(String name, TensorType type) {
    return named("weight", weights, name, new Weight(name, type), type);
  }

  private Tensor named(String what, Map<String, Tensor> known, String name, Source source, TensorType type) {
    Map<String, Tensor> others = known == inputs ? weights : inputs;
    if (others.containsKey(name)) {
      throw new InternalFault("The name " + name + " is taken by an input and a weight at once: give one of them another.");
    }
    Tensor tensor = known.computeIfAbsent(name,
        absent -> new Node(source, List.of(), List.of(type), Place.TOP).outputs().getFirst());
    if (!tensor.type().equals(type)) {
      throw new InternalFault("The " + what + " " + name + " is " + tensor.type() + " in one place and " + type + " in another.");
    }
    return tensor;
  }

  void output(String name, Tensor tensor) {
    if (outputs.putIfAbsent(name, tensor) != null) {
      throw new InternalFault("The output " + name + " is given twice.");
    }
  }

  List<Tensor> apply(Operator operator, List<Tensor> operands, GraphBuilder g) {
    boolean written = operator instanceof Kernel || operator instanceof Source && !(operator instanceof Source.Sizes);
    if (lowering.isPresent() && !written) {
      operator.infer(operands.stream().map(Tensor::type).toList());
      return operator.lower(lowering.get().at(g), operands);
    }
    return nodes.computeIfAbsent(new Identity(operator, operands, g.place().block()), absent -> {
      List<TensorType> types = operator.infer(operands.stream().map(Tensor::type).toList());
      return new Node(operator, operands, types, g.place());
    }).outputs();
  }

  Graph graph() {
    return new Graph(floating, inputs, outputs);
  }
}
