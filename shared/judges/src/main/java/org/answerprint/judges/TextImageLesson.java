package org.answerprint.judges;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;
import org.answerprint.training.Batch;
import org.answerprint.training.CrossEntropy;
import org.answerprint.training.Lesson;
import org.answerprint.training.Size;
import org.answerprint.training.ToyPicture;

/**
 * How the text-image model is learnt: CLIP's loss, the mean of both cross-entropies of the scaled cosines of all pictures and texts of
 * a batch. No two pictures of a batch fit one caption. They come in families: one scene, and the same with one attribute changed, so
 * that to tell them apart every attribute must be seen.
 *
 * @param network the model's
 * @param sizes of the pictures, in turn
 * @param rows pictures, and captions, of a step
 * @param seed of scenes, captions and wear
 */
record TextImageLesson(TextImageNetwork network, List<Size> sizes, int rows, long seed) implements Lesson {

  private static final String SCALE = "logit_scale";
  /** CLIP's: the scale begins at 1 / 0.07 and never passes 100. */
  private static final double FIRST_SCALE = Math.log(1 / 0.07);
  private static final double GREATEST_SCALE = Math.log(100);
  private static final int FAMILY = 4;

  TextImageLesson {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<Graph> graphs() {
    return sizes.stream().map(this::graph).toList();
  }

  private Graph graph(Size size) {
    GraphBuilder g = GraphBuilder.create();
    Tensor seen = network.seen(g, g.input(TextImageNetwork.PICTURES, ElementType.FLOAT, rows, 3, size.height(), size.width()));
    Tensor read = network.read(g, g.input(TextImageNetwork.TEXTS, ElementType.INT64, rows, CaptionWords.PLACES));
    Tensor scale = g.exp(g.smaller(g.weight(SCALE), g.scalar(ElementType.FLOAT, GREATEST_SCALE)));
    Tensor logits = g.multiply(g.matMul(seen, false, read, true), scale);
    Tensor truth = g.constant(ElementType.FLOAT, Shape.of(rows, rows), diagonal());
    Tensor ofPictures = CrossEntropy.of(g, logits, truth);
    Tensor ofTexts = CrossEntropy.of(g, g.swapLastAxes(logits), truth);
    g.output(LOSS, g.multiply(g.add(ofPictures, ofTexts), 0.5));
    g.output("loss.pictures", ofPictures);
    g.output("loss.texts", ofTexts);
    return g.build();
  }

  private double[] diagonal() {
    double[] truth = new double[rows * rows];
    for (int row = 0; row < rows; row++) {
      truth[row * (rows + 1)] = 1;
    }
    return truth;
  }

  @Override
  public float[] initial(NamedType weight, long plan) {
    return weight.name().equals(SCALE) ? new float[] {(float) FIRST_SCALE} : Lesson.super.initial(weight, plan);
  }

  @Override
  public Batch batch(long step) {
    int turn = Math.toIntExact(step % sizes.size());
    Size size = sizes.get(turn);
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ step);
    int length = 3 * size.width() * size.height();
    float[] pictures = new float[rows * length];
    long[] texts = new long[rows * CaptionWords.PLACES];
    List<Scene> scenes = scenes(random);
    for (int row = 0; row < rows; row++) {
      Scene scene = scenes.get(row);
      ToyPicture shown = ToyPicture.of(scene, random.nextDouble(), size.width(), size.height());
      System.arraycopy(Wear.worn(shown.picture(), random).planes(), 0, pictures, row * length, length);
      System.arraycopy(CaptionWords.ids(caption(scene.attributes(), random)), 0, texts, row * CaptionWords.PLACES, CaptionWords.PLACES);
    }
    return new Batch(turn, Map.of(TextImageNetwork.PICTURES, pictures), Map.of(TextImageNetwork.TEXTS, texts));
  }

  /** Families of scenes, no two of one still caption. */
  private List<Scene> scenes(SplittableRandom random) {
    List<Scene> scenes = new ArrayList<>();
    Set<String> captions = new HashSet<>();
    Scene head = null;
    while (scenes.size() < rows) {
      boolean isHead = scenes.size() % FAMILY == 0;
      Scene next = isHead ? Scenes.random(random.nextLong() & Long.MAX_VALUE) : head.with(other(head.attributes(), random));
      if (captions.add(next.stillCaption())) {
        scenes.add(next);
        head = isHead ? next : head;
      }
    }
    return scenes;
  }

  private static Attributes other(Attributes attributes, SplittableRandom random) {
    Attribute changed = Attribute.values()[random.nextInt(Attribute.values().length)];
    return changed.in(attributes, (changed.of(attributes) + 1 + random.nextInt(changed.count() - 1)) % changed.count());
  }

  /** Half of the captions speak of motion too, which a single picture does not show. */
  private static String caption(Attributes attributes, SplittableRandom random) {
    return random.nextBoolean() ? attributes.stillCaption() : attributes.caption();
  }
}
