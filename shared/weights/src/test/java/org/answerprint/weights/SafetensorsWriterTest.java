package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  private static final Tensor NARROW = new Tensor(
      new TensorSpec("narrow", ElementType.INT8, Shape.of(3)), MemorySegment.ofArray(new byte[] {1, 2, 3}));
  private static final Tensor WIDE = Tensor.ofFloats("wide ü", Shape.of(2, 1), 0.5f, -3);

  @TempDir
  Path folder;

  @Test
  void givesBackWhatWasWrittenAndWiderTypesFirst() {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, Tensors.of("test", List.of(NARROW, WIDE)), Map.of("licence", "open"));
    try (Tensors tensors = WeightFiles.open(file)) {
      assertThat(tensors.names()).containsExactly("wide ü", "narrow");
      assertThat(tensors.get("wide ü").toFloats()).containsExactly(0.5f, -3);
      assertThat(tensors.get("wide ü").shape()).isEqualTo(Shape.of(2, 1));
      assertThat(tensors.get("wide ü").data().address() % 64).isZero();
      assertThat(tensors.get("narrow").buffer()).isEqualTo(NARROW.buffer());
    }
  }

  @Test
  void aFileInMemoryIsReadLikeOneOnDisk() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, Tensors.of("test", List.of(NARROW, WIDE)), Map.of());
    byte[] content = Files.readAllBytes(file);
    try (Tensors tensors = WeightFiles.of("a resource", content)) {
      assertThat(tensors.source()).isEqualTo("a resource");
      assertThat(tensors.get("wide ü").toFloats()).containsExactly(0.5f, -3);
      assertThat(tensors.get("narrow").buffer()).isEqualTo(NARROW.buffer());
    }
    byte[] cut = Arrays.copyOf(content, content.length - 1);
    assertThatThrownBy(() -> WeightFiles.of("a resource", cut)).isInstanceOf(RequestFault.class).hasMessageContaining("a resource");
  }

  @Test
  void writesTheSameBytesForTheSameTensors() throws IOException {
    Tensors tensors = Tensors.of("test", List.of(NARROW, WIDE));
    SafetensorsWriter.write(folder.resolve("a"), tensors, Map.of("b", "2", "a", "1"));
    SafetensorsWriter.write(folder.resolve("b"), tensors, Map.of("a", "1", "b", "2"));
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void convertsToTheTypeThatWasAnnouncedInWindows() {
    Random random = new Random(3);
    float[] values = new float[1_200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.float16ToFloat(Float.floatToFloat16(random.nextFloat()));
    }
    Tensor tensor = Tensor.ofFloats("a", Shape.of(values.length), values);
    Path file = folder.resolve("a");
    try (SafetensorsWriter writer = new SafetensorsWriter(
        file, List.of(new TensorSpec("a", ElementType.FLOAT16, tensor.shape())), Map.of())) {
      writer.put(tensor);
      writer.finish();
    }
    try (Tensors tensors = WeightFiles.open(file)) {
      assertThat(tensors.bytes()).isEqualTo(2L * values.length);
      assertThat(tensors.get("a").toFloats()).isEqualTo(values);
    }
  }

  @Test
  void leavesNothingBehindWhereItIsNotFinished() {
    try (SafetensorsWriter writer = new SafetensorsWriter(
        folder.resolve("a"), List.of(WIDE.spec(), NARROW.spec()), Map.of())) {
      writer.put(WIDE);
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesOnlyWhatWasAnnouncedNext() {
    try (SafetensorsWriter writer = new SafetensorsWriter(folder.resolve("a"), List.of(WIDE.spec()), Map.of())) {
      assertThatThrownBy(() -> writer.put(NARROW)).isInstanceOf(IllegalArgumentException.class);
      writer.put(WIDE);
      assertThatThrownBy(() -> writer.put(NARROW)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String name : List.of("__metadata__", "twice")) {
      TensorSpec spec = new TensorSpec(name, ElementType.INT8, Shape.of());
      assertThatThrownBy(() -> new SafetensorsWriter(folder.resolve("b"), List.of(spec, spec), Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Files.exists(folder.resolve("b.part"))).isFalse();
  }
}
