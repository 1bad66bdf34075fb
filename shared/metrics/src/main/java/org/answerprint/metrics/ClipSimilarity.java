package org.answerprint.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The similarities that papers on video report, from embeddings of a contrastive model of texts and pictures. With c the cosine,
 * f_0 to f_(N-1) the frames, t the text and s the given scenes:
 *
 * <ul>
 * <li>CLIP-Text (Pix2Video, Dreamix), CLIPSIM-text (SEINE): mean over i of c(f_i, t);
 * <li>CLIP-Image, frame consistency, CLIPSIM-frames: mean over i below N-1 of c(f_i, f_(i+1));
 * <li>the same over all pairs, as Tune-A-Video has it: mean over i below j of c(f_i, f_j);
 * <li>CLIPSIM-scenes (SEINE): mean over i and over the scenes of c(f_i, s).
 * </ul>
 *
 * <p>Figures of different models cannot be compared: say which one gave the embeddings. Papers often multiply by 100; here nothing is.
 */
public final class ClipSimilarity {

  private ClipSimilarity() {}

  /** How well the frames show what the text says. @throws IllegalArgumentException without frames */
  public static double text(List<Embedding> frames, Embedding text) {
    return mean(frames.stream().mapToDouble(text::cosine).toArray(), "a frame");
  }

  /** How alike each frame is to the next. @throws IllegalArgumentException with less than two frames */
  public static double consecutiveFrames(List<Embedding> frames) {
    return mean(IntStream.range(1, frames.size()).mapToDouble(i -> frames.get(i - 1).cosine(frames.get(i))).toArray(), "two frames");
  }

  /** How alike any two frames are. @throws IllegalArgumentException with less than two frames */
  public static double allFrames(List<Embedding> frames) {
    return mean(IntStream.range(0, frames.size()).boxed().flatMapToDouble(i ->
        IntStream.range(0, i).mapToDouble(j -> frames.get(i).cosine(frames.get(j)))).toArray(), "two frames");
  }

  /** How alike the frames of a transition are to the scenes it leads from and to. @throws IllegalArgumentException without either */
  public static double scenes(List<Embedding> frames, List<Embedding> scenes) {
    return mean(frames.stream().flatMapToDouble(frame -> scenes.stream().mapToDouble(frame::cosine)).toArray(), "a frame and a scene");
  }

  private static double mean(double[] cosines, String least) {
    if (cosines.length == 0) {
      throw new IllegalArgumentException("this similarity needs at least " + least);
    }
    double sum = 0;
    for (double cosine : cosines) {
      sum += cosine;
    }
    return sum / cosines.length;
  }
}
