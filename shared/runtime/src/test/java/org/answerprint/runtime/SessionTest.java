package org.answerprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Target;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.TensorType;
import org.answerprint.weights.Conversion;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

  private static final Shape ROWS_OF_TWO = Shape.of(Dim.of("B"), Dim.of(2));

  @TempDir
  Path folder;

  /** {@code y = W x + b} of rows, and the rows that are picked. */
  private static Graph graph() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, ROWS_OF_TWO);
    Tensor y = g.in("layer").linear(x, 3, true);
    g.output("y", y);
    g.output("picked", g.gather(y, 0, g.input("index", ElementType.INT64, Shape.of(Dim.of("Q")))));
    return g.build();
  }

  private static Tensors weights() {
    return Tensors.of("the test", List.of(
        org.answerprint.weights.Tensor.ofFloats("layer.weight", org.answerprint.weights.Shape.of(3, 2), 1, 2, 3, 4, 5, 6),
        org.answerprint.weights.Tensor.ofFloats("layer.bias", org.answerprint.weights.Shape.of(3), 10, 20, 30)));
  }

  private Tensors file(org.answerprint.weights.ElementType type) {
    List<org.answerprint.weights.Tensor> stored = new ArrayList<>();
    for (org.answerprint.weights.Tensor tensor : weights().all()) {
      byte[] bytes = new byte[(int) tensor.shape().elements() * type.bytes()];
      MemorySegment memory = MemorySegment.ofArray(bytes);
      Conversion.convert(tensor, type, memory);
      stored.add(new org.answerprint.weights.Tensor(
          new TensorSpec(tensor.name(), type, tensor.shape()), memory));
    }
    Path path = folder.resolve(type + ".safetensors");
    SafetensorsWriter.write(path, Tensors.of("the test", stored), Map.of());
    return WeightFiles.open(path);
  }

  private static void fill(Session session, float[] x, long... index) {
    session.floats("x", x.length / 2, 2).put(x);
    session.longs("index", index.length).put(index);
  }

  @ParameterizedTest
  @EnumSource(value = org.answerprint.weights.ElementType.class, names = {"FLOAT64", "FLOAT32", "FLOAT16", "BFLOAT16"})
  void bindsWeightsOfAnyFloatingTypeThatAFileStores(org.answerprint.weights.ElementType type) {
    try (Tensors tensors = file(type); BoundWeights bound = BoundWeights.of(tensors, graph().weights());
        Session session = Session.open(Engine.cpu(), graph(), bound)) {
      fill(session, new float[] {1, 1, 0, 2}, 1);
      session.run();
      assertThat(session.values("y")).containsExactly(13, 27, 41, 14, 28, 42);
      assertThat(session.values("picked")).containsExactly(14, 28, 42);
      assertThat(session.shapeOf("y")).containsExactly(2, 3);
    }
  }

  @Test
  void keepsItsMemoryFromCallToCallAndFollowsOtherLengths() {
    try (Tensors tensors = weights(); BoundWeights bound = BoundWeights.of(tensors, graph().weights());
        Session session = Session.open(Engine.cpu(), graph(), bound)) {
      fill(session, new float[] {1, 1}, 0);
      session.run();
      FloatBuffer first = session.output("y");
      session.floats("x", 1, 2).put(0, 0);
      session.run();
      assertThat(first.get(0)).as("the same memory, written again").isEqualTo(12);
      for (int rows : new int[] {3, 1, 2}) {
        fill(session, new float[2 * rows], 0, 0);
        session.run();
        assertThat(session.shapeOf("y")).containsExactly(rows, 3);
        assertThat(session.values("y")).hasSize(3 * rows).startsWith(10, 20, 30);
        assertThat(session.values("picked")).containsExactly(10, 20, 30, 10, 20, 30);
      }
    }
  }

  @Test
  void servesTwoSessionsWithOneSetOfWeights() {
    try (Tensors tensors = weights(); BoundWeights bound = BoundWeights.of(tensors, graph().weights())) {
      try (Session one = Session.open(Engine.cpu(), graph(), bound);
          Session two = Session.open(new Engine.Cpu(2, Engine.Spared.MEMORY), graph(), bound)) {
        fill(one, new float[] {1, 1}, 0);
        fill(two, new float[] {1, 1}, 0);
        one.run();
        two.run();
        assertThat(two.values("y")).containsExactly(one.values("y"));
      }
      try (Session again = Session.open(Engine.cpu(), graph(), bound)) {
        fill(again, new float[] {0, 0}, 0);
        again.run();
        assertThat(again.values("y")).containsExactly(10, 20, 30);
      }
    }
  }

  /** A sign inside the graph: the weight's memory is read at the call, not when the graph was loaded. */
  @ParameterizedTest
  @EnumSource
  void readsWeightsWhereTheyLie(Engine.Spared spared) {
    MemorySegment memory = Arena.ofAuto().allocate(64 * Float.BYTES, Long.BYTES);
    Tensors tensors = Tensors.of("the test", List.of(new org.answerprint.weights.Tensor(
        new TensorSpec("w", org.answerprint.weights.ElementType.FLOAT32, org.answerprint.weights.Shape.of(64)), memory),
        org.answerprint.weights.Tensor.ofFloats("unused", org.answerprint.weights.Shape.of(1), 1)));
    GraphBuilder g = GraphBuilder.create();
    g.output("y", g.add(g.input("x", ElementType.FLOAT, 64), g.weight("w", 64)));
    List<NamedType> both = new ArrayList<>(g.build().weights());
    both.add(new NamedType("unused", new TensorType(ElementType.FLOAT, Shape.of(1))));
    try (BoundWeights bound = BoundWeights.of(tensors, both);
        Session session = Session.open(new Engine.Cpu(1, spared), g.build(), bound)) {
      session.floats("x", 64).put(new float[64]);
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, 63, 5);
      session.run();
      assertThat(session.values("y")[63]).isEqualTo(5);
    }
  }

  @Test
  void namesEveryWeightThatDoesNotFit() {
    Tensors wrong = Tensors.of("the file", List.of(
        org.answerprint.weights.Tensor.ofFloats("layer.weight", org.answerprint.weights.Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
        org.answerprint.weights.Tensor.ofFloats("other", org.answerprint.weights.Shape.of(1), 1)));
    assertThatThrownBy(() -> BoundWeights.of(wrong, graph().weights())).isInstanceOf(RequestFault.class)
        .hasMessageContaining("the file").hasMessageContaining("layer.weight").hasMessageContaining("[3, 2]")
        .hasMessageContaining("[2, 3]").hasMessageContaining("layer.bias").hasMessageNotContaining("other");
    assertThatThrownBy(() -> Session.open(Engine.cpu(), graph(), BoundWeights.none())).isInstanceOf(InternalFault.class)
        .hasMessageContaining("layer.weight");
  }

  @Test
  void refusesAGraphWithOtherPorts() {
    GraphBuilder g = GraphBuilder.create();
    g.output("y", g.silu(g.input("x", ElementType.FLOAT, ROWS_OF_TWO)));
    byte[] onnx = g.build().toOnnx(Target.CPU);
    NamedType x = new NamedType("x", new TensorType(ElementType.FLOAT, ROWS_OF_TWO));
    NamedType y = new NamedType("y", x.type());
    Session.open(Engine.cpu(), onnx, List.of(x), List.of(y)).close();
    assertRefused(onnx, List.of(new NamedType("z", x.type())), List.of(y), "input z");
    assertRefused(onnx, List.of(new NamedType("x", x.type().of(ElementType.INT64))), List.of(y), "input x");
    assertRefused(onnx, List.of(new NamedType("x", x.type().shaped(Shape.of(2)))), List.of(y), "input x");
    assertRefused(onnx, List.of(), List.of(y), "the inputs [x]");
    assertRefused(onnx, List.of(x), List.of(new NamedType("out", x.type())), "output out");
    assertRefused(new byte[] {1, 2, 3}, List.of(x), List.of(y), "cannot be loaded");
  }

  private static void assertRefused(byte[] onnx, List<NamedType> inputs, List<NamedType> outputs, String named) {
    assertThatThrownBy(() -> Session.open(Engine.cpu(), onnx, inputs, outputs))
        .isInstanceOf(RequestFault.class).hasMessageContaining(named);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    try (Tensors tensors = weights(); BoundWeights bound = BoundWeights.of(tensors, graph().weights());
        Session session = Session.open(Engine.cpu(), graph(), bound)) {
      assertThatThrownBy(session::run).isInstanceOf(InternalFault.class).hasMessageContaining("never filled");
      assertThatThrownBy(() -> session.floats("x", 1, 3)).isInstanceOf(InternalFault.class).hasMessageContaining("[1, 3]");
      assertThatThrownBy(() -> session.floats("x", 2)).isInstanceOf(InternalFault.class);
      assertThatThrownBy(() -> session.floats("x", 0, 2)).isInstanceOf(InternalFault.class);
      assertThatThrownBy(() -> session.longs("x", 1, 2)).isInstanceOf(InternalFault.class).hasMessageContaining("no input x of INT64");
    }
  }

  @Test
  void sparesThoseWhoHaveNoCardTheStackTrace() {
    assertThatThrownBy(() -> Session.open(new Engine.Cuda(99), graph(), BoundWeights.of(weights(), graph().weights())))
        .isInstanceOf(RequestFault.class).hasMessageContaining("Cuda[device=99]");
  }

  @Test
  void readsAndWritesMemoryOfTheCallersWhereItLies() {
    TensorType pair = new TensorType(ElementType.FLOAT, Shape.of(2));
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 2);
    g.output("next", g.add(g.multiply(x, 2), 1));
    g.output("unasked", g.negate(x));
    try (BoundWeights none = BoundWeights.none(); Session session = Session.open(Engine.cpu(), g.build(), none);
        TensorMemory one = new TensorMemory(pair); TensorMemory other = new TensorMemory(pair)) {
      one.floats().put(new float[] {1, 10});
      session.run(Map.of("x", one), Map.of("next", other));
      session.run(Map.of("x", other), Map.of("next", one));
      assertThat(one.floats().get(0)).isEqualTo(7);
      assertThat(one.floats().get(1)).isEqualTo(43);
      assertThat(other.bytes().byteSize()).isEqualTo(8);
      assertThatThrownBy(one::longs).isInstanceOf(InternalFault.class).hasMessageContaining("INT64");
    }
  }
}
