package org.answerprint.judges;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.answerprint.faults.InternalFault;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** The weights that lie beside these classes. */
final class Weights {

  private Weights() {}

  static Tensors of(ToyboxJudges.Part part) {
    return WeightFiles.of(file(part), bytes(part));
  }

  /** SHA-256 of all of them, in the order of the parts. */
  static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ToyboxJudges.Part part : ToyboxJudges.Part.values()) {
        digest.update(bytes(part));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new InternalFault("Every JVM has SHA-256.", e);
    }
  }

  private static String file(ToyboxJudges.Part part) {
    return part.word() + ".fp16.safetensors";
  }

  private static byte[] bytes(ToyboxJudges.Part part) {
    String file = file(part);
    try (InputStream in = Weights.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new InternalFault("There are no weights " + file + " beside the judges.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InternalFault("The weights " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
