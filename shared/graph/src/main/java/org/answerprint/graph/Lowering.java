package org.answerprint.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.answerprint.graph.Node.Place;

/** Rewrites a graph into ONNX's operators for one target; what operators use to say how they are written. */
final class Lowering {

  private final Graph graph;
  private final Target target;
  private final GraphBuilder g;

  private Lowering(Graph graph, Target target) {
    this.graph = graph;
    this.target = target;
    this.g = new GraphBuilder(Draft.lowered(graph.floating(), this), Place.TOP);
  }

  private Lowering(Lowering outer, GraphBuilder g) {
    this.graph = outer.graph;
    this.target = outer.target;
    this.g = g;
  }

  /** The same calculation in {@link Kernel}s and sources alone; every output has a kernel of its own. */
  static Graph lower(Graph graph, Target target) {
    return new Lowering(target == Target.CUDA ? Fusion.groupNormWithSilu(graph) : graph, target).all();
  }

  private Graph all() {
    Map<Tensor, Tensor> lowered = new HashMap<>();
    graph.inputTensors().forEach(input -> {
      g.draft().adopt(input);
      lowered.put(input, input);
    });
    for (Node node : graph.nodes()) {
      if (node.inputs().isEmpty() && !(node.operator() instanceof Source.Sizes)) {
        lowered.put(node.outputs().getFirst(), node.outputs().getFirst());
      } else {
        Tensor[] inputs = node.inputs().stream().map(lowered::get).toArray(Tensor[]::new);
        List<Tensor> outputs = g.at(node.place()).applyAll(node.operator(), inputs);
        IntStream.range(0, outputs.size()).forEach(i -> lowered.put(node.outputs().get(i), outputs.get(i)));
      }
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    Set<Tensor> taken = new HashSet<>();
    graph.outputTensors().forEach((name, tensor) -> outputs.put(name, ownKernel(lowered.get(tensor), taken)));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    graph.inputs().forEach(input -> inputs.put(input.name(), graph.input(input.name())));
    return new Graph(graph.floating(), inputs, outputs);
  }

  /** A value of its own for each output: ONNX wants its name to be the output's. */
  private Tensor ownKernel(Tensor tensor, Set<Tensor> taken) {
    if (tensor.node().operator() instanceof Kernel && taken.add(tensor)) {
      return tensor;
    }
    Kernel identity = new Kernel(Kernel.ONNX, "Identity", Attributes.NONE, List.of(0), List.of(tensor.type()));
    return new Node(identity, List.of(tensor), List.of(tensor.type()), Place.TOP).outputs().getFirst();
  }

  Lowering at(GraphBuilder builder) {
    return new Lowering(this, builder);
  }

  /** Where the lowered form is written; operators applied there are lowered in turn. */
  GraphBuilder g() {
    return g;
  }

  Target target() {
    return target;
  }

  boolean isStandard() {
    return target == Target.STANDARD;
  }

  /** An operator of ONNX's own. */
  Tensor kernel(String name, Attributes attributes, TensorType result, Tensor... inputs) {
    return kernelAt(name, attributes, first(inputs.length), result, inputs);
  }

  /** An operator of ONNX's own whose inputs stand at these places of its list. */
  Tensor kernelAt(String name, Attributes attributes, List<Integer> slots, TensorType result, Tensor... inputs) {
    return g.apply(new Kernel(Kernel.ONNX, name, attributes, slots, List.of(result)), inputs);
  }

  /** An operator of ONNX's own with several outputs. */
  List<Tensor> kernels(String name, Attributes attributes, List<TensorType> results, Tensor... inputs) {
    return g.applyAll(new Kernel(Kernel.ONNX, name, attributes, first(inputs.length), results), inputs);
  }

  /** An operator of ONNX Runtime's own. */
  Tensor microsoft(String name, Attributes attributes, TensorType result, Tensor... inputs) {
    return microsoftAt(name, attributes, first(inputs.length), result, inputs);
  }

  /** An operator of ONNX Runtime's own whose inputs stand at these places of its list. */
  Tensor microsoftAt(String name, Attributes attributes, List<Integer> slots, TensorType result, Tensor... inputs) {
    return g.apply(new Kernel(Kernel.MICROSOFT, name, attributes, slots, List.of(result)), inputs);
  }

  private static List<Integer> first(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** A shape's lengths as INT64, those known only at the run read from the graph's inputs. */
  Tensor sizes(Shape shape) {
    List<Tensor> lengths = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      lengths.add(dim.isNumber() ? g.integers(dim.value()) : calculated(dim));
    }
    return g.concat(0, lengths);
  }

  private Tensor calculated(Dim dim) {
    List<Tensor> sum = new ArrayList<>();
    dim.terms().forEach((names, coefficient) -> {
      Tensor product = g.integers(coefficient);
      for (String name : names) {
        product = g.multiply(product, length(name));
      }
      sum.add(product);
    });
    return sum.stream().reduce(g::add).orElseThrow();
  }

  /** The length that goes by this name: that of the first input axis which is it. */
  private Tensor length(String name) {
    Dim wanted = Dim.of(name);
    for (Tensor input : graph.inputTensors()) {
      int axis = input.shape().dims().indexOf(wanted);
      if (axis >= 0) {
        Attributes part = Attributes.of("start", axis).and("end", axis + 1);
        return kernel("Shape", part, new TensorType(ElementType.INT64, Shape.of(1)), input);
      }
    }
    throw new IllegalArgumentException("no input of the graph has an axis of length " + name);
  }
}
