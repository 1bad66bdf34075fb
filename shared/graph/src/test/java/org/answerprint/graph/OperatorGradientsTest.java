package org.answerprint.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator's vector-Jacobian product against central differences, at odd shapes, with and without broadcasting. */
class OperatorGradientsTest {

  private static final Map<ElementType, Double> STEP = Map.of(ElementType.DOUBLE, 1e-5, ElementType.FLOAT, 1e-2);
  private static final Map<ElementType, Double> TOLERANCE = Map.of(ElementType.DOUBLE, 1e-7, ElementType.FLOAT, 5e-3);

  /** What to differentiate, with respect to inputs of these shapes. */
  record Case(String name, ElementType element, Form form, long[]... shapes) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Form {
    Tensor of(GraphBuilder g, List<Tensor> x);
  }

  private static long[] s(long... lengths) {
    return lengths;
  }

  private static Case exact(String name, Form form, long[]... shapes) {
    return new Case(name, ElementType.DOUBLE, form, shapes);
  }

  private static Case single(String name, Form form, long[]... shapes) {
    return new Case(name, ElementType.FLOAT, form, shapes);
  }

  /** Positive, away from zero. */
  private static Tensor positive(GraphBuilder g, Tensor x) {
    return g.add(g.square(x), 0.5);
  }

  static Stream<Case> cases() {
    return Stream.of(functions(), arithmetic(), products(), layouts(), norms(), spatial()).flatMap(cases -> cases);
  }

  private static Stream<Case> functions() {
    return Stream.of(
        exact("negate", (g, x) -> g.negate(x.getFirst()), s(3, 5)),
        exact("absolute", (g, x) -> g.absolute(x.getFirst()), s(3, 5)),
        exact("exp", (g, x) -> g.exp(x.getFirst()), s(3, 5)),
        exact("log", (g, x) -> g.log(positive(g, x.getFirst())), s(3, 5)),
        exact("sqrt", (g, x) -> g.sqrt(positive(g, x.getFirst())), s(3, 5)),
        exact("reciprocal", (g, x) -> g.reciprocal(positive(g, x.getFirst())), s(3, 5)),
        exact("sin", (g, x) -> g.sin(x.getFirst()), s(7)),
        single("cos", (g, x) -> g.cos(x.getFirst()), s(7)),
        exact("tanh", (g, x) -> g.tanh(x.getFirst()), s(1, 7)),
        exact("sigmoid", (g, x) -> g.sigmoid(x.getFirst()), s(7, 1)),
        single("erf", (g, x) -> g.erf(x.getFirst()), s(2, 3)),
        exact("relu", (g, x) -> g.relu(x.getFirst()), s(3, 5)),
        exact("silu", (g, x) -> g.silu(x.getFirst()), s(3, 5)),
        single("fused silu", (g, x) -> g.silu(x.getFirst()), s(3, 5)),
        exact("quick gelu", (g, x) -> g.quickGelu(x.getFirst()), s(3, 5)),
        single("fused quick gelu", (g, x) -> g.quickGelu(x.getFirst()), s(3, 5)),
        single("gelu", (g, x) -> g.gelu(x.getFirst()), s(3, 5)));
  }

  private static Stream<Case> arithmetic() {
    return Stream.of(
        exact("add, broadcast", (g, x) -> g.add(x.get(0), x.get(1)), s(2, 1, 3), s(5, 1)),
        exact("subtract, broadcast", (g, x) -> g.subtract(x.get(0), x.get(1)), s(3), s(2, 5, 1)),
        exact("multiply, broadcast", (g, x) -> g.multiply(x.get(0), x.get(1)), s(2, 5, 3), s(1, 3)),
        exact("multiply by itself", (g, x) -> g.multiply(x.getFirst(), x.getFirst()), s(5)),
        exact("divide, broadcast", (g, x) -> g.divide(x.get(0), positive(g, x.get(1))), s(2, 3), s()),
        exact("larger, broadcast", (g, x) -> g.larger(x.get(0), x.get(1)), s(5, 3), s(3)),
        exact("smaller, broadcast", (g, x) -> g.smaller(x.get(0), x.get(1)), s(3), s(5, 3)),
        exact("where, broadcast", (g, x) -> g.where(g.less(x.get(2), 0), x.get(0), x.get(1)), s(3), s(5, 1), s(5, 3)),
        exact("cast", (g, x) -> g.square(g.cast(x.getFirst(), ElementType.DOUBLE)), s(3)),
        exact("sum", (g, x) -> g.square(g.sum(x.getFirst(), 0, 2)), s(3, 5, 2)),
        exact("mean, axes kept", (g, x) -> g.square(g.meanKeeping(x.getFirst(), 1, -1)), s(3, 5, 2)),
        exact("mean of all", (g, x) -> g.square(g.meanOfAll(x.getFirst())), s(3, 5)),
        exact("squared error", (g, x) -> g.meanSquaredError(x.get(0), x.get(1)), s(3, 5), s(3, 5)));
  }

  private static Stream<Case> products() {
    return Stream.of(
        exact("product, broadcast", (g, x) -> g.matMul(x.get(0), x.get(1)), s(2, 1, 3, 5), s(7, 5, 2)),
        exact("product, left transposed", (g, x) -> g.matMul(x.get(0), true, x.get(1), false), s(2, 5, 3), s(5, 2)),
        exact("product, right transposed", (g, x) -> g.matMul(x.get(0), false, x.get(1), true), s(5, 3), s(2, 7, 3)),
        exact("product, both transposed", (g, x) -> g.matMul(x.get(0), true, x.get(1), true), s(2, 5, 3), s(2, 7, 5)),
        single("fused product", (g, x) -> g.matMul(x.get(0), true, x.get(1), true), s(3, 1, 5, 3), s(2, 7, 5)),
        exact("linear", (g, x) -> g.linear(x.get(0), x.get(1), x.get(2)), s(2, 3, 5), s(7, 5), s(7)),
        exact("linear without bias, one row", (g, x) -> g.linear(x.get(0), x.get(1)), s(5), s(7, 5)),
        exact("attention", (g, x) -> g.attention(x.get(0), x.get(1), x.get(2), 2), s(2, 3, 4), s(2, 5, 4), s(2, 5, 6)),
        exact("masked attention", (g, x) -> g.attention(x.get(0), x.get(1), x.get(2), 3, 0.7, x.get(3)),
            s(2, 3, 6), s(2, 5, 6), s(2, 5, 3), s(3, 5)),
        exact("attention, heads in turn", (g, x) -> g.apply(new Attention(3, 0.7, 45), x.toArray(Tensor[]::new)),
            s(2, 3, 6), s(2, 5, 6), s(2, 5, 3)),
        exact("masked attention, heads in turn", (g, x) -> g.apply(new Attention(5, 0.7, 70), x.toArray(Tensor[]::new)),
            s(2, 3, 10), s(2, 5, 10), s(2, 5, 5), s(5, 1, 5)),
        exact("attention to a constant, heads in turn", (g, x) -> g.apply(new Attention(2, 1, 1), x.get(0), x.get(1),
            g.expand(g.scalar(ElementType.DOUBLE, 2), Shape.of(1, 3, 2))), s(1, 3, 4), s(1, 3, 4)),
        single("fused attention", (g, x) -> g.attention(x.get(0), x.get(1), x.get(2), 2), s(2, 3, 8), s(2, 5, 8), s(2, 5, 8)),
        single("fused masked attention", (g, x) -> g.attention(x.get(0), x.get(1), x.get(2), 2, x.get(3)),
            s(2, 3, 8), s(2, 5, 8), s(2, 5, 8), s(2, 1, 5)));
  }

  private static Stream<Case> layouts() {
    return Stream.of(
        exact("reshape", (g, x) -> g.square(g.reshape(x.getFirst(), 0, -1)), s(2, 3, 5)),
        exact("transpose", (g, x) -> g.square(g.transpose(x.getFirst(), 2, 0, 1)), s(2, 3, 5)),
        exact("concat", (g, x) -> g.square(g.concat(1, x.get(0), x.get(1), x.get(0))), s(2, 3, 2), s(2, 1, 2)),
        exact("split, one part unused", (g, x) -> g.square(g.split(x.getFirst(), -1, 1, 2, 4).get(1)), s(3, 7)),
        exact("split", (g, x) -> {
          List<Tensor> parts = g.chunk(x.getFirst(), 0, 2);
          return g.multiply(parts.get(0), g.sin(parts.get(1)));
        }, s(4, 3)),
        exact("slice", (g, x) -> g.square(g.slice(x.getFirst(), 1, 2, 3)), s(2, 7)),
        exact("slice with steps", (g, x) -> g.square(g.slice(x.getFirst(), 1, 1, 3, 2)), s(2, 8, 3)),
        exact("flip", (g, x) -> g.multiply(g.flip(x.getFirst(), 0), x.getFirst()), s(5, 2)),
        exact("gather, repeated indices",
            (g, x) -> g.square(g.gather(x.getFirst(), 1, g.reshape(g.integers(2, 0, 2, 2), 2, 2))), s(2, 3, 5)),
        exact("pad", (g, x) -> g.square(g.pad(x.getFirst(), List.of(0L, 2L), List.of(1L, 0L), 3)), s(3, 2)),
        exact("expand", (g, x) -> g.square(g.expand(x.getFirst(), Shape.of(2, 5, 3))), s(5, 1)));
  }

  private static Stream<Case> norms() {
    return Stream.of(
        exact("softmax", (g, x) -> g.softmax(x.getFirst(), -1), s(3, 5)),
        exact("softmax over another axis", (g, x) -> g.softmax(x.getFirst(), 1), s(2, 3, 5)),
        exact("layer norm", (g, x) -> g.layerNorm(x.get(0), x.get(1), x.get(2), 1e-2), s(2, 3, 5), s(5), s(5)),
        exact("group norm", (g, x) -> g.groupNorm(x.get(0), 2, x.get(1), x.get(2), 1e-2), s(2, 6, 3, 1), s(6), s(6)),
        exact("group norm of a clip", (g, x) -> g.groupNorm(x.get(0), 3, x.get(1), x.get(2), 1e-2), s(1, 3, 2, 3, 1), s(3), s(3)),
        exact("group norm with silu inside",
            (g, x) -> g.apply(new GroupNorm(2, 1e-2, true), x.get(0), x.get(1), x.get(2)), s(2, 4, 3), s(4), s(4)));
  }

  private static Stream<Case> spatial() {
    return Stream.of(
        single("conv", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(1, 1), 1, x.get(2)), s(2, 3, 4, 5), s(2, 3, 3, 3), s(2)),
        single("pointwise conv", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(1, 0), 1), s(2, 3, 2, 3), s(5, 3, 1, 1)),
        single("conv in groups", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(1, 1), 2), s(1, 4, 3, 2), s(6, 2, 3, 3)),
        single("strided conv", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(2, 1), 1), s(1, 2, 6, 5), s(3, 2, 3, 3)),
        single("strided conv in groups", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(3, 0), 2), s(1, 2, 6, 7), s(2, 1, 2, 2)),
        single("conv with uneven padding", (g, x) -> g.conv(x.get(0), x.get(1),
            new Window(List.of(2L, 2L), List.of(0L, 0L), List.of(1L, 1L)), 1), s(1, 2, 5, 4), s(2, 2, 3, 3)),
        single("conv padded beyond its kernel", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(1, 3), 1), s(1, 1, 2, 3), s(1, 1, 3, 2)),
        single("conv over one axis", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(1, 1, 2, 0), 1), s(2, 3, 7), s(2, 3, 3)),
        single("conv over time", (g, x) -> g.conv(x.get(0), x.get(1),
            new Window(List.of(1L, 1L, 1L), List.of(1L, 0L, 0L), List.of(1L, 0L, 0L)), 1, x.get(2)),
            s(1, 3, 4, 2, 3), s(2, 3, 3, 1, 1), s(2)),
        single("conv over three axes", (g, x) -> g.conv(x.get(0), x.get(1), Window.of(3, 1, 1, 1), 1), s(1, 2, 3, 2, 3), s(2, 2, 3, 3, 3)),
        single("transposed conv", (g, x) -> g.convTranspose(x.get(0), x.get(1), Window.of(2, 1), List.of(1L, 0L), 1, x.get(2)),
            s(2, 3, 3, 2), s(3, 2, 3, 3), s(2)),
        single("transposed conv in groups", (g, x) -> g.convTranspose(x.get(0), x.get(1), Window.of(2, 0), List.of(0L, 0L), 2),
            s(1, 4, 2, 3), s(4, 1, 2, 2)),
        single("largest of windows", (g, x) -> g.maxPool(x.getFirst(), s(3, 2), new Window(List.of(2L, 1L), List.of(1L, 0L), List.of(1L, 1L))),
            s(1, 2, 5, 4)),
        single("nearest, twice as large", (g, x) -> g.resize(x.getFirst(), Interpolation.NEAREST, 4, 6), s(2, 3, 2, 3)),
        single("nearest, odd", (g, x) -> g.resize(x.getFirst(), Interpolation.NEAREST, 7, 3), s(1, 2, 4, 5)),
        single("linear", (g, x) -> g.resize(x.getFirst(), Interpolation.LINEAR, 7, 3), s(1, 2, 4, 5)),
        single("linear, corners aligned", (g, x) -> g.resize(x.getFirst(), Interpolation.LINEAR_ALIGNED, 7, 3), s(1, 2, 4, 5)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithCentralDifferences(Case test) throws OrtException {
    Random random = new Random(test.name().hashCode());
    GraphBuilder g = GraphBuilder.of(test.element());
    List<Tensor> inputs = new ArrayList<>();
    Map<String, Numeric> values = new HashMap<>();
    for (int i = 0; i < test.shapes().length; i++) {
      inputs.add(g.input("x" + i, test.element(), test.shapes()[i]));
      values.put("x" + i, Numeric.random(random, test.shapes()[i]));
    }
    Tensor y = test.form().of(g, inputs);
    Tensor direction = g.constant(test.element(), y.shape(), random.doubles(y.shape().elements().value(), -1, 1).toArray());
    Tensor loss = g.sumOfAll(g.multiply(y, direction));
    g.output("loss", loss);
    List<Tensor> gradients = g.gradient(loss, inputs);
    for (int i = 0; i < inputs.size(); i++) {
      g.output("dx" + i, gradients.get(i));
      assertThat(gradients.get(i).type()).isEqualTo(inputs.get(i).type());
    }
    Graph graph = g.build();
    for (Target target : List.of(Target.STANDARD, Target.CPU)) {
      try (Loaded whole = new Loaded(graph, target, Map.of());
          Loaded forward = new Loaded(graph.withOutputs("loss"), target, Map.of())) {
        Map<String, Numeric> found = whole.run(values);
        for (int i = 0; i < inputs.size(); i++) {
          Numeric differences = differences(forward, values, "x" + i, STEP.get(test.element()));
          assertThat(found.get("dx" + i).relativeErrorTo(differences)).as("dx%d on %s", i, target)
              .isLessThan(TOLERANCE.get(test.element()));
        }
      }
    }
  }

  private static Numeric differences(Loaded forward, Map<String, Numeric> values, String name, double step) throws OrtException {
    Numeric at = values.get(name);
    double[] slopes = new double[at.values().length];
    for (int i = 0; i < slopes.length; i++) {
      double above = loss(forward, values, name, at.with(i, at.values()[i] + step));
      double below = loss(forward, values, name, at.with(i, at.values()[i] - step));
      slopes[i] = (above - below) / (2 * step);
    }
    return new Numeric(at.shape(), slopes);
  }

  private static double loss(Loaded forward, Map<String, Numeric> values, String name, Numeric changed) throws OrtException {
    Map<String, Numeric> moved = new HashMap<>(values);
    moved.put(name, changed);
    return forward.run(moved).get("loss").values()[0];
  }
}
