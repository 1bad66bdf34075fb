package org.answerprint.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.answerprint.graph.Unary.Function;

/** Joins neighbours for which a target has one kernel. */
final class Fusion {

  private Fusion() {}

  /** SiLU put inside the group normalisation before it, where nothing else reads what lies between them. */
  static Graph groupNormWithSilu(Graph graph) {
    Map<Tensor, Integer> readers = new HashMap<>();
    graph.nodes().forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    graph.outputTensors().values().forEach(output -> readers.merge(output, 1, Integer::sum));
    Map<Tensor, List<Tensor>> norms = new HashMap<>();
    return Rewriting.rewrite(graph, (g, node, inputs) -> {
      boolean follows = node.operator() instanceof Unary(Function function) && function == Function.SILU
          && norms.containsKey(inputs.getFirst()) && readers.get(node.inputs().getFirst()) == 1;
      if (follows) {
        GroupNorm norm = (GroupNorm) inputs.getFirst().node().operator();
        GroupNorm joined = new GroupNorm(norm.groups(), norm.epsilon(), true);
        return List.of(g.apply(joined, norms.get(inputs.getFirst()).toArray(Tensor[]::new)));
      }
      List<Tensor> outputs = Rewriting.same(g, node, inputs);
      if (node.operator() instanceof GroupNorm norm && !norm.silu()) {
        norms.put(outputs.getFirst(), inputs);
      }
      return outputs;
    });
  }
}
