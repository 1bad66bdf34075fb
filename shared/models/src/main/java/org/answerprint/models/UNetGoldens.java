package org.answerprint.models;

import java.util.List;
import java.util.Map;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;

/** One pass of a denoiser. */
final class UNetGoldens {

  private UNetGoldens() {}

  static List<Comparison> forward(Bench bench, Golden golden) {
    Map<String, Tensor> inputs = golden.inputs("sample", "timestep", "encoder_hidden_states");
    Tensor found = bench.forward(inputs).get("out_sample");
    return List.of(Comparison.of("noise_pred", found.toFloats(), golden.get("noise_pred").toFloats(), Comparison.FORWARD));
  }

  /** Ports at all decoder layers; row 0 sees itself, and each other the first and the one before it. */
  static List<Comparison> injected(Model model, Golden golden) {
    Map<String, Tensor> inputs = golden.inputs("sample", "timestep", "encoder_hidden_states");
    int rows = Math.toIntExact(inputs.get("sample").shape().axes().getFirst());
    long[] index = new long[2 * rows];
    for (int row = 0; row < rows; row++) {
      index[2 * row] = 1;
      index[2 * row + 1] = Math.max(row, 1);
    }
    inputs.put("kv_index", Inputs.longs("kv_index", Shape.of(rows, 2), index));
    Tensor found = ComponentRun.forward(model.component(ComponentKind.IMAGE_UNET), inputs).get("out_sample");
    return List.of(Comparison.of("noise_pred", found.toFloats(), golden.get("noise_pred").toFloats(), Comparison.FORWARD));
  }
}
