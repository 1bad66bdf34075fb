package org.answerprint.judges;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.answerprint.runtime.Engine;
import org.answerprint.training.Size;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * Accuracy on held-out renders: {@code COUNT JUDGE [WEIGHTS]}, of the weights that come with the module, or of a file: a
 * result, or a checkpoint, whose averages are then taken.
 */
public final class MeasureJudges {

  private static final String AVERAGE = "average.";

  private MeasureJudges() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    ToyboxJudges.Part part = ToyboxJudges.Part.of(arguments[1]);
    Tensors weights = arguments.length > 2 ? averages(WeightFiles.open(Path.of(arguments[2])))
        : Weights.of(part);
    for (Size size : ToyboxJudges.SIZES) {
      HeldOut clean = HeldOut.of(1_000_000, count, size);
      for (HeldOut shown : List.of(clean, clean.worn())) {
        String what = "%dx%d%s".formatted(size.width(), size.height(), shown == clean ? "" : " worn");
        switch (part) {
          case READER -> read(shown, weights, what);
          case TEXT_IMAGE -> match(shown, weights, what);
        }
      }
    }
  }

  private static void read(HeldOut shown, Tensors weights, String what) {
    try (AttributeReader reader = AttributeReader.open(Engine.cpu(), weights)) {
      StringBuilder line = new StringBuilder(what);
      shown.readRight(reader).forEach((attribute, right) ->
          line.append(String.format(Locale.ROOT, "  %s %.2f", attribute.key(), 100.0 * right / shown.pictures().size())));
      System.out.println(line);
    }
  }

  private static void match(HeldOut shown, Tensors weights, String what) {
    try (TextImageModel model = TextImageModel.open(Engine.cpu(), weights)) {
      System.out.printf(Locale.ROOT, "%s  own caption best %.2f%n", what, 100.0 * shown.ownCaptionBest(model) / shown.pictures().size());
    }
  }

  private static Tensors averages(Tensors tensors) {
    boolean checkpoint = tensors.names().stream().anyMatch(name -> name.startsWith(AVERAGE));
    return checkpoint ? tensors.only(name -> name.startsWith(AVERAGE)).renamed(name -> name.substring(AVERAGE.length())) : tensors;
  }
}
