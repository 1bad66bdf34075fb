package org.answerprint.judges;

import java.io.IOException;
import java.io.InputStream;
import org.answerprint.faults.InternalFault;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** The weights that lie beside these classes. */
final class Weights {

  private Weights() {}

  static Tensors of(ToyboxJudges.Part part) {
    String file = part.word() + ".fp16.safetensors";
    try (InputStream in = Weights.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new InternalFault("There are no weights " + file + " beside the judges.");
      }
      return WeightFiles.of(file, in.readAllBytes());
    } catch (IOException e) {
      throw new InternalFault("The weights " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
