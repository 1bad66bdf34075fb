package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void everyNumberOfTwoBytesComesBackFromFloat32AsItWas(ElementType type) {
    ByteBuffer patterns = ByteBuffer.allocateDirect(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 1 << 16; i++) {
      patterns.putShort((short) i);
    }
    Tensor all = new Tensor(new TensorSpec("a", type, Shape.of(1 << 16)), MemorySegment.ofBuffer(patterns.flip()));
    float[] floats = all.toFloats();
    Tensor back = converted(Tensor.ofFloats("a", all.shape(), floats), type);
    for (int i = 0; i < 1 << 16; i++) {
      if (Float.isNaN(floats[i])) {
        assertThat(back.toFloats()[i]).isNaN();
        i += 64; // most of the numbers that are none look alike
      } else {
        assertThat(back.buffer().getShort(2 * i)).isEqualTo((short) i);
      }
    }
  }

  @Test
  void roundsToTheNearestAndTiesToEven() {
    assertThat(Conversion.toBfloat16(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
    assertThat(Conversion.toBfloat16(1 + 3 * 0x1p-8f)).isEqualTo((short) 0x3f82);
    assertThat(Conversion.toBfloat16(1 + 0x1p-8f + 0x1p-20f)).isEqualTo((short) 0x3f81);
    assertThat(Conversion.toBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    assertThat(Conversion.toBfloat16(-0f)).isEqualTo((short) 0x8000);
    Tensor half = converted(Tensor.ofFloats("a", Shape.of(3), 1 + 0x1p-11f, 1 + 3 * 0x1p-11f, 70000),
        ElementType.FLOAT16);
    assertThat(half.toFloats()).containsExactly(1, 1 + 0x1p-9f, Float.POSITIVE_INFINITY);
  }

  @Test
  void convertsAnyRangeToAnyAlignment() {
    Random random = new Random(11);
    float[] values = new float[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Tensor tensor = Tensor.ofFloats("a", Shape.of(values.length), values);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(8 * 40_000 + 3).asSlice(3);
      Conversion.convert(tensor, 777, 40_000, ElementType.FLOAT64, target);
      for (int i = 0; i < 40_000; i += 13) {
        assertThat(target.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i)).isEqualTo(values[777 + i]);
      }
      Tensor doubles = new Tensor(new TensorSpec("a", ElementType.FLOAT64, Shape.of(40_000)), target);
      assertThat(doubles.toFloats()).containsExactly(Arrays.copyOfRange(values, 777, 40_777));
    }
  }

  @Test
  void copiesTheSameTypeAndRefusesWhatIsNoFloat() {
    Tensor whole = new Tensor(new TensorSpec("a", ElementType.INT8, Shape.of(2)),
        MemorySegment.ofArray(new byte[] {4, 5}));
    assertThat(converted(whole, ElementType.INT8).buffer()).isEqualTo(whole.buffer());
    assertThatThrownBy(() -> converted(whole, ElementType.FLOAT32)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int8");
    assertThatThrownBy(whole::toFloats).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesRangesThatAreNotThere() {
    Tensor tensor = Tensor.ofFloats("a", Shape.of(2), 1, 2);
    MemorySegment target = MemorySegment.ofArray(new byte[4]);
    assertThatThrownBy(() -> Conversion.convert(tensor, 1, 2, ElementType.FLOAT16, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Conversion.convert(tensor, 0, 2, ElementType.FLOAT64, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Conversion.toFloats(tensor, 0, new float[1], 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Tensor converted(Tensor tensor, ElementType type) {
    TensorSpec spec = new TensorSpec(tensor.name(), type, tensor.shape());
    MemorySegment target = MemorySegment.ofBuffer(ByteBuffer.allocateDirect((int) spec.bytes()));
    Conversion.convert(tensor, type, target);
    return new Tensor(spec, target);
  }
}
