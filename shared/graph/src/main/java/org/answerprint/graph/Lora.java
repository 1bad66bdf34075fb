package org.answerprint.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Source.Weight;

/**
 * Low-rank adapters as inputs of a graph: a linear layer {@code x W^T + b} becomes
 * {@code x W^T + b + (alpha / rank) x A^T B^T}. With B zero the graph computes what it did. Weights of the network stay bound, so
 * that adapters change from call to call.
 */
public final class Lora {

  private static final String SUFFIX = ".weight";

  /**
   * The size of one adapter.
   *
   * @param alpha the adapter's product is scaled by {@code alpha / rank}
   */
  public record Adapter(int rank, double alpha) {
    public Adapter {
      if (rank < 1) {
        throw new IllegalArgumentException("a rank is at least 1: " + rank);
      }
    }
  }

  private Lora() {}

  /** The input that holds a layer's A, {@code [rank, in]}. */
  public static String inputA(String path) {
    return "lora." + path + ".A";
  }

  /** The input that holds a layer's B, {@code [out, rank]}. */
  public static String inputB(String path) {
    return "lora." + path + ".B";
  }

  /** The linear layers that can be adapted, by path, with the types of their weights {@code [out, in]}. */
  public static Map<String, TensorType> layers(Graph graph) {
    Map<String, TensorType> layers = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (isNamedLinear(node)) {
        layers.put(path(node), node.inputs().get(1).type());
      }
    }
    return layers;
  }

  /** The graph with adapters at these layers, by path; a path that is no linear layer's is a fault. */
  public static Graph asInputs(Graph graph, Map<String, Adapter> adapters) {
    Map<String, TensorType> layers = layers(graph);
    adapters.keySet().stream().filter(path -> !layers.containsKey(path)).findFirst().ifPresent(path -> {
      throw new InternalFault("There is no linear layer " + path + " to adapt; there are " + layers.keySet() + ".");
    });
    return Rewriting.rewrite(graph, (g, node, inputs) -> {
      List<Tensor> outputs = Rewriting.same(g, node, inputs);
      boolean adapted = isNamedLinear(node) && adapters.containsKey(path(node));
      return adapted ? List.of(adapted(g, outputs.getFirst(), inputs.getFirst(), path(node), adapters.get(path(node)))) : outputs;
    });
  }

  private static Tensor adapted(GraphBuilder g, Tensor y, Tensor x, String path, Adapter adapter) {
    Tensor a = g.input(inputA(path), x.element(), adapter.rank(), x.size(-1));
    Tensor b = g.input(inputB(path), x.element(), y.size(-1), adapter.rank());
    return g.add(y, g.multiply(g.linear(g.linear(x, a), b), adapter.alpha() / adapter.rank()));
  }

  private static boolean isNamedLinear(Node node) {
    return node.operator() instanceof Linear && node.inputs().get(1).node().operator() instanceof Weight weight
        && weight.name().endsWith(SUFFIX);
  }

  private static String path(Node node) {
    String name = ((Weight) node.inputs().get(1).node().operator()).name();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
