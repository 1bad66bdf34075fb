package org.answerprint.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.pictures.Picture;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** How well a learnt autoencoder gives held-out pictures back: {@code FILE}. */
public final class VaeScore {

  private static final int PICTURES = 64;

  private VaeScore() {}

  public static void main(String[] arguments) {
    try (Tensors file = WeightFiles.open(Path.of(arguments[0]))) {
      boolean checkpoint = file.names().stream().anyMatch(name -> name.startsWith("average."));
      Tensors weights = checkpoint
          ? file.only(name -> name.startsWith("average.")).renamed(name -> name.substring("average.".length())) : file;
      for (Size size : ToyboxImage.SIZES) {
        System.out.printf(Locale.ROOT, "%dx%d: %.2f dB%n", size.width(), size.height(), score(weights, size));
        if (checkpoint) {
          System.out.printf(Locale.ROOT, "  without averaging: %.2f dB%n", score(file, size));
        }
      }
    }
  }

  private static double score(Tensors weights, Size size) {
    AutoencoderKL vae = ToyboxImage.vae();
    GraphBuilder g = GraphBuilder.create();
    var sample = g.input("sample", ElementType.FLOAT, PICTURES, 3, size.height(), size.width());
    g.output("again", vae.picture(g, g.chunk(vae.parameters(g, sample), 1, 2).getFirst()));
    List<float[]> planes = LongStream.range(0, PICTURES).mapToObj(n -> ToyPicture.heldOut(n, size.width(), size.height()).picture())
        .map(Picture::planes).toList();
    float[] before = Rows.joined(planes);
    float[] after = Rows.run(g.build(), weights, Map.of("sample", before));
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      double error = Math.clamp(after[i], -1, 1) - before[i];
      squares += error * error / before.length;
    }
    return 10 * Math.log10(4 / squares);
  }
}
