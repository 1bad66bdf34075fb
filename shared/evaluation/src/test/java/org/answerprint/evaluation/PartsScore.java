package org.answerprint.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.answerprint.bundles.BundleCache;
import org.answerprint.diffusion.DepthRange;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.ImagePipeline;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.runtime.Engine;
import org.answerprint.training.ToyPicture;

/**
 * How good the parts of the model are that comes with the program, on held-out pictures: the autoencoder's decibels, the depth
 * estimator's mean absolute error on 0..1, the captioner's words that are right, gap by gap.
 */
public final class PartsScore {

  private static final int PICTURES = 256;
  private static final List<String> GAPS = List.of("pattern", "colour", "material", "shape", "place");

  private PartsScore() {}

  public static void main(String[] arguments) throws Exception {
    Path cache = Files.createTempDirectory("parts-score");
    ImageModel model = ImageModel.of(new BundleCache(cache).named("toybox-image"));
    for (double aspect : new double[] {1, 16 / 9.0}) {
      PictureSize size = model.size(aspect, model.nativeSide());
      try (ImagePipeline pipeline = new ImagePipeline(model, Engine.cpu(), size, Set.of())) {
        score(pipeline, size);
      }
    }
  }

  private static void score(ImagePipeline pipeline, PictureSize size) {
    List<ToyPicture> all = LongStream.range(0, PICTURES).mapToObj(n -> ToyPicture.heldOut(n, size.width(), size.height())).toList();
    double squares = all.stream().mapToDouble(it -> squares(it.picture(), pipeline.picture(pipeline.latent(it.picture())))).average().orElseThrow();
    double depth = all.stream().mapToDouble(it -> depthError(pipeline, it)).average().orElseThrow();
    System.out.printf(Locale.ROOT, "%dx%d: autoencoder %.1f dB, depth %.4f, captioner", size.width(), size.height(),
        10 * Math.log10(4 / squares), depth);
    int[] right = new int[GAPS.size()];
    int whole = 0;
    for (ToyPicture picture : all) {
      String said = pipeline.caption(picture.picture()).orElseThrow();
      whole += said.equals(picture.scene().stillCaption()) ? 1 : 0;
      for (int gap = 0; gap < right.length; gap++) {
        right[gap] += word(said, gap).equals(word(picture.scene().stillCaption(), gap)) ? 1 : 0;
      }
    }
    for (int gap = 0; gap < right.length; gap++) {
      System.out.printf(Locale.ROOT, " %s %.1f %%", GAPS.get(gap), 100.0 * right[gap] / PICTURES);
    }
    System.out.printf(Locale.ROOT, ", whole %.1f %%%n", 100.0 * whole / PICTURES);
  }

  /** Captions read {@code a striped red metal ball on grass}. */
  private static String word(String caption, int gap) {
    String[] words = caption.split(" ");
    return gap == GAPS.size() - 1 ? words[words.length - 1] : words[1 + gap];
  }

  private static double squares(Picture before, Picture after) {
    double sum = 0;
    for (int i = 0; i < before.planes().length; i++) {
      double error = Math.clamp(after.planes()[i], -1, 1) - before.planes()[i];
      sum += error * error;
    }
    return sum / before.planes().length;
  }

  private static double depthError(ImagePipeline pipeline, ToyPicture picture) {
    float[] found = pipeline.depth(picture.picture());
    float[] truth = picture.nearness(picture.picture().height() / pipeline.latentHeight());
    DepthRange.normalise(found, found.length);
    DepthRange.normalise(truth, truth.length);
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += Math.abs(found[i] - truth[i]) / 2;
    }
    return sum / found.length;
  }
}
