package org.answerprint.graph;

import java.util.List;
import java.util.Set;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Source.Weight;

/** Weights as inputs of a graph, under their own names: values that change from call to call, where bound ones are fixed. */
public final class TrainedWeights {

  private TrainedWeights() {}

  /** The graph with these weights as inputs; a name that is no weight's is a fault. */
  public static Graph asInputs(Graph graph, Set<String> names) {
    Set<String> weights = Set.copyOf(graph.weights().stream().map(NamedType::name).toList());
    names.stream().filter(name -> !weights.contains(name)).findFirst().ifPresent(name -> {
      throw new InternalFault("There is no weight " + name + " to train in this graph.");
    });
    return Rewriting.rewrite(graph, (g, node, inputs) -> node.operator() instanceof Weight(String name, TensorType type)
        && names.contains(name) ? List.of(g.input(name, type.element(), type.shape())) : Rewriting.same(g, node, inputs));
  }
}
