package org.answerprint.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class WantedTensorsTest {

  private static final WantedTensors WANTED = WantedTensors.of(List.of(
      WantedTensor.floats("a", 2, 1), WantedTensor.floats("b", 1), WantedTensor.floats("c", 1)));

  private static final Tensor COUNTER = new Tensor(
      new TensorSpec("b", ElementType.INT8, Shape.of(1)), MemorySegment.ofArray(new byte[1]));

  @Test
  void namesEveryTensorThatIsWrongMissingOrTooMany() {
    Tensors found = Tensors.of("unet.safetensors", List.of(
        Tensor.ofFloats("a", Shape.of(1, 2), 1, 2), COUNTER, Tensor.ofFloats("d", Shape.of(), 1)));
    String floats = "float64 or float32 or float16 or bfloat16";
    List<String> problems = List.of(
        "tensor 'a' has a wrong shape: expected " + floats + " [2, 1], found float32 [1, 2]",
        "tensor 'b' has a wrong type: expected " + floats + " [1], found int8 [1]",
        "tensor 'c' is missing: expected " + floats + " [1], found nothing",
        "tensor 'd' is not part of the network: expected nothing, found float32 []");
    assertThat(WANTED.problems(found)).containsExactlyElementsOf(problems);
    assertThatThrownBy(() -> WANTED.require(found)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith("unet.safetensors does not fit the network, 4 tensors are wrong")
        .satisfies(fault -> assertThat(fault.getMessage()).contains(problems));
  }

  @Test
  void isContentWithWhatFitsAndWithLeftoversThatItKnows() {
    Tensors found = Tensors.of("test", List.of(
        Tensor.ofFloats("a", Shape.of(2, 1), 1, 2), Tensor.ofFloats("b", Shape.of(1), 1),
        Tensor.ofFloats("c", Shape.of(1), 1), Tensor.ofFloats("x.position_ids", Shape.of(1), 1)));
    assertThat(WANTED.problems(found)).hasSize(1);
    assertThatCode(() -> WANTED.ignoring(name -> name.endsWith("position_ids")).require(found))
        .doesNotThrowAnyException();
  }

  @Test
  void wantsNoTensorTwice() {
    WantedTensor one = WantedTensor.floats("a", 1);
    assertThatThrownBy(() -> WantedTensors.of(List.of(one, one))).isInstanceOf(IllegalArgumentException.class);
  }
}
