package org.answerprint.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import org.answerprint.faults.InternalFault;
import org.junit.jupiter.api.Test;

class GraphTest {

  private final Random random = new Random(7);

  @Test
  void bindsWeightsByTheirPath() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 2, 3);
    g.output("y", g.in("down.0").in("to_q").linear(x, 2, true));
    Graph graph = g.build();
    assertThat(graph.weights()).containsExactly(
        new NamedType("down.0.to_q.weight", new TensorType(ElementType.FLOAT, Shape.of(2, 3))),
        new NamedType("down.0.to_q.bias", new TensorType(ElementType.FLOAT, Shape.of(2))));
    Map<String, Numeric> values = Map.of("x", Numeric.of(new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
        "down.0.to_q.weight", Numeric.of(new long[] {2, 3}, 1, 0, 0, 0, 1, 1), "down.0.to_q.bias", Numeric.of(new long[] {2}, 10, 20));
    for (Target target : new Target[] {Target.STANDARD, Target.CPU}) {
      assertThat(Loaded.run(graph, target, values).get("y").values()).containsExactly(11, 25, 14, 31);
    }
    assertThat(new String(graph.toOnnx(Target.CPU), StandardCharsets.ISO_8859_1)).contains("/down/0/to_q/Gemm");
  }

  @Test
  void countsTwoForEachMultiplicationThatIsAddedUp() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(4), Dim.of(6), Dim.of(6)));
    Tensor conv = g.in("conv").conv(x, 8, 3, 1, 1);
    Tensor tokens = g.reshape(conv, Shape.of(Dim.of("B"), Dim.of(36), Dim.of(8)));
    Tensor linear = g.in("linear").linear(tokens, 5, true);
    g.output("attended", g.attention(tokens, tokens, tokens, 2));
    g.output("product", g.matMul(g.swapLastAxes(linear), linear));
    long once = 8 * 36 * 4 * 9 + 36 * 5 * 8 + 2 * 36 * 36 * 8 + 5 * 5 * 36;
    assertThat(g.build().operations(Map.of())).isEqualTo(2 * once);
    assertThat(g.build().operations(Map.of("B", 3L))).isEqualTo(6 * once);
  }

  @Test
  void runsOneGraphAtAnyLengthThatHasAName() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    Dim batch = Dim.of("B");
    Tensor h = g.input("h", ElementType.FLOAT, Shape.of(batch, Dim.of(5), Dim.of(8)));
    Tensor pool = g.input("pool", ElementType.FLOAT, Shape.of(Dim.of("P"), Dim.of(5), Dim.of(8)));
    Tensor index = g.input("index", ElementType.INT64, Shape.of(batch, Dim.of("R")));
    Tensor context = g.reshape(g.gather(g.concat(0, pool, h), 0, index), 0, -1, 8);
    assertThat(context.shape()).hasToString("[B, 5*R, 8]");
    g.output("y", g.attention(h, context, context, 2));
    g.output("wide", g.expand(g.input("one", ElementType.FLOAT, 1, 1), Shape.of(batch, Dim.of("R").plus(Dim.of("P")))));
    Graph graph = g.build();
    Map<Target, Numeric> first = new HashMap<>();
    for (Target target : new Target[] {Target.STANDARD, Target.CPU}) {
      try (Loaded loaded = new Loaded(graph, target, Map.of())) {
        for (int rows = 1; rows <= 3; rows++) {
          Random same = new Random(rows);
          Map<String, Numeric> values = Map.of("h", Numeric.random(same, rows, 5, 8), "pool", Numeric.random(same, 2, 5, 8),
              "index", new Numeric(new long[] {rows, 2}, same.doubles(rows * 2, 0, rows + 2).map(Math::floor).toArray()),
              "one", Numeric.of(new long[] {1, 1}, 4));
          Map<String, Numeric> found = loaded.run(values);
          assertThat(found.get("wide").shape()).containsExactly(rows, 4);
          assertThat(found.get("y").shape()).containsExactly(rows, 5, 8);
          assertThat(found.get("y").relativeErrorTo(first.getOrDefault(target, found.get("y")))).isLessThan(2);
          if (rows == 3) {
            first.put(target, found.get("y"));
          }
        }
      }
    }
    assertThat(first.get(Target.CPU).relativeErrorTo(first.get(Target.STANDARD))).isLessThan(1e-5);
  }

  @Test
  void givesOneValueToTwoOutputsAndAnInputToAnother() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 2);
    Tensor y = g.negate(x);
    g.output("a", y);
    g.output("b", y);
    g.output("c", x);
    Map<String, Numeric> found = Loaded.run(g.build(), Target.CPU, Map.of("x", Numeric.of(new long[] {2}, 1, 2)));
    assertThat(found.get("a").values()).containsExactly(-1, -2);
    assertThat(found.get("b").values()).containsExactly(-1, -2);
    assertThat(found.get("c").values()).containsExactly(1, 2);
  }

  @Test
  void leavesOutWhatNoOutputNeedsAndSharesEqualNodes() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 2);
    g.exp(g.weight("dead", 2));
    g.output("y", g.add(g.in("a").exp(x), g.in("b").exp(x)));
    Graph graph = g.build();
    assertThat(graph.size()).isEqualTo(2);
    assertThat(graph.weights()).isEmpty();
  }

  @Test
  void givesGradientsThatAHandCanCheck() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 3);
    Tensor unused = g.input("unused", ElementType.FLOAT, 2);
    Tensor picked = g.gather(g.multiply(g.square(x), 0.5), 0, g.integers(2, 0, 2));
    List<Tensor> gradients = g.gradient(g.sumOfAll(picked), List.of(x, unused, picked));
    g.output("dx", gradients.get(0));
    g.output("none", gradients.get(1));
    g.output("between", gradients.get(2));
    Map<String, Numeric> values = Map.of("x", Numeric.of(new long[] {3}, 5, 7, 11), "unused", Numeric.of(new long[] {2}, 1, 1));
    Map<String, Numeric> found = Loaded.run(g.build(), Target.CPU, values);
    assertThat(found.get("dx").values()).containsExactly(5, 0, 22);
    assertThat(found.get("none").values()).containsExactly(0, 0);
    assertThat(found.get("between").values()).containsExactly(1, 1, 1);
  }

  @Test
  void differentiatesAlongLengthsThatHaveNames() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(4), Dim.of("T")));
    Tensor w = g.weight("w", 4, 4);
    Tensor h = g.linear(g.softmax(g.swapLastAxes(x), -1), w);
    Tensor loss = g.meanOfAll(g.square(g.multiply(h, g.meanKeeping(h, 0, 1))));
    List<Tensor> gradients = g.gradient(loss, List.of(x, w));
    g.output("loss", loss);
    g.output("dx", gradients.get(0));
    g.output("dw", gradients.get(1));
    Graph named = g.build();
    GraphBuilder k = GraphBuilder.create();
    Tensor known = k.input("x", ElementType.FLOAT, 3, 4, 5);
    Tensor same = k.linear(k.softmax(k.swapLastAxes(known), -1), k.weight("w", 4, 4));
    Tensor knownLoss = k.meanOfAll(k.square(k.multiply(same, k.meanKeeping(same, 0, 1))));
    k.output("dx", k.gradient(knownLoss, List.of(known)).getFirst());
    Map<String, Numeric> values = Map.of("x", Numeric.random(random, 3, 4, 5), "w", Numeric.random(random, 4, 4));
    Map<String, Numeric> found = Loaded.run(named, Target.CPU, values);
    assertThat(found.get("dx").shape()).containsExactly(3, 4, 5);
    assertThat(found.get("dx").relativeErrorTo(Loaded.run(k.build(), Target.CPU, values).get("dx"))).isLessThan(1e-5);
  }

  @Test
  void writesTheSameBytesForTheSameGraph() {
    assertThat(small().toOnnx(Target.CPU)).isEqualTo(small().toOnnx(Target.CPU));
  }

  @Test
  void saysLengthsOfValuesThatHaveNamesWhereThatIsAskedFor() throws InvalidProtocolBufferException {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(2), Dim.of(3)));
    g.output("y", g.exp(g.reshape(x, Shape.of(Dim.of("B").times(2), Dim.of(3)))));
    g.output("known", g.exp(g.exp(g.input("one", ElementType.FLOAT, 1))));
    List<ValueInfoProto> between = ModelProto.parseFrom(g.build().toOnnxWithLengths(Target.CPU)).getGraph().getValueInfoList();
    assertThat(between).singleElement().satisfies(value -> {
      assertThat(value.getType().getTensorType().getShape().getDimList()).extracting(TensorShapeProto.Dimension::getDimParam)
          .containsExactly("2*B", "");
      assertThat(value.getType().getTensorType().getShape().getDim(1).getDimValue()).isEqualTo(3);
    });
    assertThat(ModelProto.parseFrom(g.build().toOnnx(Target.CPU)).getGraph().getValueInfoList()).isEmpty();
  }

  private static Graph small() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 1, 4, 4, 4);
    g.output("y", g.in("norm").groupNorm(g.in("conv").conv(x, 8, 3, 1, 1), 4, 1e-5));
    return g.build();
  }

  @Test
  void namesThePlaceOfOperandsThatDoNotFit() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 2, 3);
    assertThatThrownBy(() -> g.in("mid.attn").matMul(x, x)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("mid.attn").hasMessageContaining("inner axes of [2, 3] and [2, 3] differ");
    assertThatThrownBy(() -> g.weight("w", 3).equals(g.weight("w", 4))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("w is FLOAT[3] in one place and FLOAT[4] in another");
  }

  @Test
  void namesThePlaceWhereAGradientCannotBeTaken() {
    GraphBuilder g = GraphBuilder.create();
    Tensor pool = g.input("pool", ElementType.FLOAT, Shape.of(Dim.of("P"), Dim.of(2)));
    Tensor joined = g.in("up.attn1").concat(0, pool, pool);
    assertThatThrownBy(() -> g.gradient(g.sumOfAll(joined), List.of(pool))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("up.attn1").hasMessageContaining("length P is known only when the graph runs");
    assertThatThrownBy(() -> g.gradient(joined, pool, List.of(pool))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("FLOAT[2*P, 2]").hasMessageContaining("found FLOAT[P, 2]");
  }

  @Test
  void agreesBetweenTargetsOnABlock() throws OrtException {
    Graph graph = small();
    Map<String, Numeric> values = new HashMap<>();
    graph.inputs().forEach(input -> values.put(input.name(), Numeric.random(random, input.type().shape().sizes())));
    graph.weights().forEach(weight -> values.put(weight.name(), Numeric.random(random, weight.type().shape().sizes())));
    Numeric standard = Loaded.run(graph, Target.STANDARD, values).get("y");
    assertThat(Loaded.run(graph, Target.CPU, values).get("y").relativeErrorTo(standard)).isLessThan(1e-6);
  }
}
