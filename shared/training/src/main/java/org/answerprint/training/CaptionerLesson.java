package org.answerprint.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.answerprint.diffusion.Noise;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.networks.PictureWords;
import org.answerprint.pictures.Picture;
import org.answerprint.pictures.Resampling;

/**
 * Captions of Toybox pictures: the cross entropy of each gap's word, averaged over the gaps, of pictures with a little noise at the
 * network's own size.
 *
 * @param words the network, whose sentence reads as a still caption does
 * @param sizes of the pictures, in turn row by row
 * @param rows pictures of a step
 * @param seed of pictures and noise
 */
public record CaptionerLesson(PictureWords words, List<Size> sizes, int rows, long seed) implements Lesson {

  private static final double NOISE = 0.05;

  public CaptionerLesson {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<Graph> graphs() {
    GraphBuilder g = GraphBuilder.create();
    Tensor pixels = g.input("pixel_values", ElementType.FLOAT, rows, 3, words.imageSize(), words.imageSize());
    Tensor wanted = g.input("wanted", ElementType.FLOAT, rows, words.words());
    long[] lengths = words.choices().stream().mapToLong(List::size).toArray();
    List<Tensor> found = g.split(words.logits(g, pixels), 1, lengths);
    List<Tensor> right = g.split(wanted, 1, lengths);
    Tensor sum = g.scalar(ElementType.FLOAT, 0);
    for (int i = 0; i < found.size(); i++) {
      sum = g.add(sum, CrossEntropy.of(g, found.get(i), right.get(i)));
    }
    g.output(LOSS, g.divide(sum, found.size()));
    return List.of(g.build());
  }

  @Override
  public Batch batch(long step) {
    List<float[]> pixels = new ArrayList<>();
    List<float[]> wanted = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Size size = sizes.get(row % sizes.size());
      ToyPicture picture = ToyPicture.toLearnFrom(seed, step * rows + row, size.width(), size.height());
      pixels.add(seen(words, picture.picture()));
      wanted.add(wanted(picture.scene().stillCaption()));
    }
    float[] all = Rows.joined(pixels);
    float[] noise = Noise.ofSeed(seed).stream(step).draw(all.length);
    for (int i = 0; i < all.length; i++) {
      all[i] += (float) (NOISE * noise[i]);
    }
    return Batch.of(0, Map.of("pixel_values", all, "wanted", Rows.joined(wanted)));
  }

  private static float[] seen(PictureWords words, Picture picture) {
    return Resampling.BILINEAR.resize(picture.planes(), 3, picture.width(), picture.height(), words.imageSize(), words.imageSize());
  }

  /** 1 for each word that the caption has, gap by gap. */
  private float[] wanted(String caption) {
    List<String> said = Arrays.asList(caption.split(" "));
    float[] marks = new float[words.words()];
    int i = 0;
    for (List<String> choice : words.choices()) {
      for (String word : choice) {
        marks[i++] = said.contains(word) ? 1 : 0;
      }
    }
    return marks;
  }
}
