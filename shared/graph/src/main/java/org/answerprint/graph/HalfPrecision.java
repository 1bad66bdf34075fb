package org.answerprint.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.answerprint.graph.Source.Constant;
import org.answerprint.graph.Source.Weight;

/**
 * FLOAT16 with islands of FLOAT. Convolutions, linear layers, matrix products and attention work in half precision, and so does
 * what lies between them; normalisation keeps its scale and shift, and its arithmetic, in FLOAT; softmax, sums, means,
 * exponentials, logarithms and roots are FLOAT; what has met no half-precision layer yet (timesteps and their sines) or meets a
 * FLOAT value (a loss and its target) is FLOAT. Inputs and outputs stay as they are. Weights that only half-precision layers
 * read become FLOAT16 and are to be bound so. Apply before taking gradients: they then follow the same types.
 */
public final class HalfPrecision {

  private final Set<Tensor> halfWeights;
  private final Map<Tensor, Tensor> narrow = new HashMap<>();

  private HalfPrecision(Set<Tensor> halfWeights) {
    this.halfWeights = halfWeights;
  }

  /** The graph in half precision; one without FLOAT is given back as it is. */
  public static Graph of(Graph graph) {
    HalfPrecision pass = new HalfPrecision(weightsOfHalfLayers(graph));
    Graph half = Rewriting.rewrite(graph, pass::rewrite);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    GraphBuilder g = GraphBuilder.extending(half.withOutputs());
    half.outputTensors().forEach((name, tensor) -> outputs.put(name, g.cast(tensor, graph.output(name).element())));
    outputs.forEach(g::output);
    return g.build();
  }

  private enum Kind { HALF, ISLAND, NORM, AS_INPUTS, SHAPE }

  private static Kind kind(Operator operator) {
    return switch (operator) {
      case MatMul _, Linear _, Conv _, ConvTranspose _, Attention _ -> Kind.HALF;
      case LayerNorm _, GroupNorm _ -> Kind.NORM;
      case Softmax _, Reduce _ -> Kind.ISLAND;
      case Unary(Unary.Function function) -> switch (function) {
        case EXP, LOG, SQRT, RECIPROCAL, SIN, COS, ERF -> Kind.ISLAND;
        case NEGATE, ABSOLUTE, TANH, SIGMOID, RELU, SILU, QUICK_GELU, GELU, NOT -> Kind.AS_INPUTS;
      };
      case Reshape _, Transpose _, Slice _, Flip _, Expand _, Split _, Gather _ -> Kind.SHAPE;
      case Binary _, Comparison _, Where _, Cast _, MaxPool _, ArgMax _, Concat _, Resize _, Pad _, Late _, Kernel _, Source _ ->
          Kind.AS_INPUTS;
    };
  }

  /** The weights that reach nothing but half-precision layers, through changes of layout or lookups at most. */
  private static Set<Tensor> weightsOfHalfLayers(Graph graph) {
    Set<Tensor> others = new HashSet<>(graph.outputTensors().values());
    for (Node node : graph.nodes().reversed()) {
      boolean narrow = switch (kind(node.operator())) {
        case HALF -> true;
        case SHAPE -> node.outputs().stream().noneMatch(others::contains);
        case ISLAND, NORM, AS_INPUTS -> false;
      };
      if (!narrow) {
        others.addAll(node.inputs());
      }
    }
    Set<Tensor> weights = new HashSet<>(graph.weightTensors());
    weights.removeIf(weight -> others.contains(weight) || weight.element() != ElementType.FLOAT);
    return weights;
  }

  private List<Tensor> rewrite(GraphBuilder g, Node node, List<Tensor> inputs) {
    if (node.operator() instanceof Weight(String name, TensorType type) && halfWeights.contains(node.outputs().getFirst())) {
      TensorType half = type.of(ElementType.FLOAT16);
      return new Node(new Weight(name, half), List.of(), List.of(half), node.place()).outputs();
    }
    List<Tensor> typed = switch (kind(node.operator())) {
      case HALF -> inputs.stream().map(input -> to(g, input, ElementType.FLOAT16)).toList();
      case ISLAND -> inputs.stream().map(input -> to(g, input, ElementType.FLOAT)).toList();
      case NORM -> List.of(inputs.getFirst(), to(g, inputs.get(1), ElementType.FLOAT), to(g, inputs.get(2), ElementType.FLOAT));
      case AS_INPUTS, SHAPE -> alike(g, node, inputs);
    };
    return Rewriting.same(g, node, typed);
  }

  /** Operands of one type: FLOAT16 if all that is calculated among them is. Constants, weights and single numbers follow. */
  private List<Tensor> alike(GraphBuilder g, Node node, List<Tensor> inputs) {
    if (node.operator() instanceof Cast || inputs.stream().noneMatch(input -> input.element() == ElementType.FLOAT16)) {
      return inputs;
    }
    boolean wide = inputs.stream().anyMatch(input -> input.element() == ElementType.FLOAT && !follows(input));
    ElementType element = wide ? ElementType.FLOAT : ElementType.FLOAT16;
    return inputs.stream().map(input -> to(g, input, element)).toList();
  }

  private static boolean follows(Tensor input) {
    return input.rank() == 0 || input.node().operator() instanceof Constant || input.node().operator() instanceof Weight;
  }

  /** FLOAT and FLOAT16 as asked for, other types as they are; each value is narrowed once. */
  private Tensor to(GraphBuilder g, Tensor input, ElementType element) {
    boolean changes = input.element() != element && (input.element() == ElementType.FLOAT || input.element() == ElementType.FLOAT16);
    if (!changes) {
      return input;
    }
    return element == ElementType.FLOAT16 ? narrow.computeIfAbsent(input, wide -> g.cast(wide, element)) : g.cast(input, element);
  }
}
