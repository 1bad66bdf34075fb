package org.answerprint.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Source.Weight;

/**
 * A finished graph: named inputs, outputs, and exactly the nodes that the outputs need. Immutable and safe to share; passes
 * give a new one.
 */
public final class Graph {

  private final ElementType floating;
  private final Map<String, Tensor> inputs;
  private final Map<String, Tensor> outputs;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final List<Node> nodes;

  Graph(ElementType floating, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    this.floating = floating;
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.nodes = needed(outputs.values());
    for (Node node : nodes) {
      if (node.operator() instanceof Weight weight) {
        weights.put(weight.name(), node.outputs().getFirst());
      }
    }
  }

  /** All nodes that these tensors are made from, each after its inputs. */
  static List<Node> needed(Collection<Tensor> tensors) {
    Set<Node> found = new HashSet<>();
    Deque<Tensor> open = new ArrayDeque<>(tensors);
    while (!open.isEmpty()) {
      Node node = open.pop().node();
      if (found.add(node)) {
        open.addAll(node.inputs());
      }
    }
    return found.stream().sorted(Comparator.comparingLong(Node::sequence)).toList();
  }

  /** What must be given at every run, in the order of declaration. */
  public List<NamedType> inputs() {
    return types(inputs);
  }

  /** What must be bound when the graph is loaded: the weights that the outputs need, in the order of declaration. */
  public List<NamedType> weights() {
    return types(weights);
  }

  /** What comes out, in the order of declaration. */
  public List<NamedType> outputs() {
    return types(outputs);
  }

  private static List<NamedType> types(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream().map(entry -> new NamedType(entry.getKey(), entry.getValue().type())).toList();
  }

  /** The input of this name, for a builder that extends this graph. */
  public Tensor input(String name) {
    return named("input", inputs, name);
  }

  /** The weight of this name, for a builder that extends this graph. */
  public Tensor weight(String name) {
    return named("weight", weights, name);
  }

  /** The output of this name, for a builder that extends this graph. */
  public Tensor output(String name) {
    return named("output", outputs, name);
  }

  private static Tensor named(String what, Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InternalFault("The graph has no " + what + " " + name + "; it has " + tensors.keySet() + ".");
    }
    return tensor;
  }

  /** This graph with only these outputs and what they need; the inputs stay. */
  public Graph withOutputs(String... names) {
    Map<String, Tensor> kept = new LinkedHashMap<>();
    for (String name : names) {
      kept.put(name, output(name));
    }
    return new Graph(floating, inputs, kept);
  }

  /** How many operators it takes, sources aside: a measure for tests and reports. */
  public int size() {
    return (int) nodes.stream().filter(node -> !(node.operator() instanceof Source)).count();
  }

  /**
   * How much it calculates: two for each multiplication that is added up in convolutions, products, linear layers and attentions, which
   * is nearly all that takes time.
   *
   * @param lengths of the axes that have a name; those that are not among them are 1
   */
  public double operations(Map<String, Long> lengths) {
    return Operations.of(this, lengths);
  }

  /**
   * The graph as an ONNX file for a runtime's provider. Weights are named in it as external data without a place: they must be
   * bound by name before it is loaded. The same graph gives the same bytes.
   */
  public byte[] toOnnx(Target target) {
    return OnnxWriter.write(Lowering.lower(this, target), false);
  }

  /**
   * As {@link #toOnnx}, and with the lengths of all values that have names in them. A runtime that is not told them cannot see which
   * values are of one size, and searches for long for memory that they could share.
   */
  public byte[] toOnnxWithLengths(Target target) {
    return OnnxWriter.write(Lowering.lower(this, target), true);
  }

  ElementType floating() {
    return floating;
  }

  Collection<Tensor> inputTensors() {
    return inputs.values();
  }

  Collection<Tensor> weightTensors() {
    return weights.values();
  }

  Map<String, Tensor> outputTensors() {
    return outputs;
  }

  List<Node> nodes() {
    return nodes;
  }
}
