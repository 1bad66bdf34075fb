package org.answerprint.weights;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What people often have in the place of weights, told by its first bytes. */
enum Lookalike {
  POINTER("version https://git-lfs", "is a pointer of Git LFS in the place of the weights; fetch them by 'git lfs pull'"),
  PAGE("<", "is a web page in the place of the weights; fetch them again"),
  OLD_PICKLE("\u0080\u0002\u008a", "was written by a PyTorch before 1.6, whose files are not read; give safetensors, or save it "
      + "again by a newer one"),
  TENSORFLOW("\u0089HDF", "holds TensorFlow's weights, which are not read; give safetensors");

  private final byte[] beginning;
  private final String words;

  Lookalike(String beginning, String words) {
    this.beginning = beginning.getBytes(StandardCharsets.ISO_8859_1);
    this.words = words;
  }

  /** What to say of a file that is one of these. */
  static Optional<String> of(MappedFile file) {
    return Arrays.stream(values()).filter(kind -> kind.begins(file)).map(kind -> kind.words).findFirst();
  }

  private boolean begins(MappedFile file) {
    return file.size() >= beginning.length
        && Arrays.equals(file.bytes().asSlice(0, beginning.length).toArray(ValueLayout.JAVA_BYTE), beginning);
  }
}
