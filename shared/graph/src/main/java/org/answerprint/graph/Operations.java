package org.answerprint.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a graph calculates: two for each multiplication that is added up, in convolutions, products, linear layers and
 * attentions. Everything else is small beside these and counts as nothing; so do the nodes of lowered graphs. Stateless.
 */
final class Operations {

  private Operations() {}

  /** @param lengths of the axes that have a name; those that are not among them are 1 */
  static double of(Graph graph, Map<String, Long> lengths) {
    return graph.nodes().stream().mapToDouble(node -> 2 * products(node, lengths)).sum();
  }

  private static double products(Node node, Map<String, Long> lengths) {
    List<Shape> in = node.inputTypes().stream().map(TensorType::shape).toList();
    Shape out = node.outputs().getFirst().type().shape();
    return switch (node.operator()) {
      case Conv _ -> elements(out, lengths) * elements(in.get(1), lengths) / length(in.get(1).dim(0), lengths);
      case ConvTranspose _ -> elements(in.getFirst(), lengths) * elements(in.get(1), lengths) / length(in.get(1).dim(0), lengths);
      case Linear _ -> elements(out, lengths) * length(in.getFirst().dim(-1), lengths);
      case MatMul(boolean transposed, boolean _) -> elements(out, lengths) * length(in.getFirst().dim(transposed ? -2 : -1), lengths);
      case Attention _ -> elements(in.get(1), lengths) * length(in.getFirst().dim(1), lengths)
          + elements(out, lengths) * length(in.get(1).dim(1), lengths);
      default -> 0;
    };
  }

  private static double elements(Shape shape, Map<String, Long> lengths) {
    return shape.dims().stream().mapToDouble(dim -> length(dim, lengths)).reduce(1, (a, b) -> a * b);
  }

  private static double length(Dim dim, Map<String, Long> lengths) {
    Map<String, Long> all = new TreeMap<>(lengths);
    dim.names().forEach(name -> all.putIfAbsent(name, 1L));
    return dim.at(all);
  }
}
