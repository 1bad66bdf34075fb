package org.answerprint.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.answerprint.graph.Node.Place;

/** Writes a graph once more, node by node, as a rule says; what passes over graphs share. */
final class Rewriting {

  /** What takes a node's place: as many tensors as it has outputs. */
  interface Rule {
    List<Tensor> apply(GraphBuilder g, Node node, List<Tensor> inputs);
  }

  private Rewriting() {}

  static Graph rewrite(Graph graph, Rule rule) {
    GraphBuilder g = new GraphBuilder(new Draft(graph.floating()), Place.TOP);
    graph.inputTensors().forEach(g.draft()::adopt);
    Map<Tensor, Tensor> written = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<Tensor> inputs = node.inputs().stream().map(written::get).toList();
      List<Tensor> outputs = rule.apply(g.at(node.place()), node, inputs);
      IntStream.range(0, outputs.size()).forEach(i -> written.put(node.outputs().get(i), outputs.get(i)));
    }
    graph.outputTensors().forEach((name, tensor) -> g.output(name, written.get(tensor)));
    return g.build();
  }

  /** The node as it was, on the inputs that took the place of its own. */
  static List<Tensor> same(GraphBuilder g, Node node, List<Tensor> inputs) {
    return node.inputs().equals(inputs) ? node.outputs() : g.applyAll(node.operator(), inputs.toArray(Tensor[]::new));
  }
}
