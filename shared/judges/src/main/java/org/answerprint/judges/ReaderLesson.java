package org.answerprint.judges;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.training.Batch;
import org.answerprint.training.CrossEntropy;
import org.answerprint.training.Lesson;
import org.answerprint.training.Size;
import org.answerprint.training.ToyPicture;

/**
 * How the attribute reader is learnt: worn pictures of random scenes, and the cross-entropy of each head, added up. Sizes come in
 * turn, step by step.
 *
 * @param network the reader's
 * @param sizes of the pictures
 * @param rows pictures of a step
 * @param seed of scenes and wear
 */
record ReaderLesson(ReaderNetwork network, List<Size> sizes, int rows, long seed) implements Lesson {

  ReaderLesson {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<Graph> graphs() {
    return sizes.stream().map(this::graph).toList();
  }

  private Graph graph(Size size) {
    GraphBuilder g = GraphBuilder.create();
    Map<Attribute, Tensor> heads = network.heads(g,
        g.input(ReaderNetwork.PICTURES, ElementType.FLOAT, rows, 3, size.height(), size.width()));
    Map<Attribute, Tensor> losses = new EnumMap<>(Attribute.class);
    heads.forEach((attribute, logits) ->
        losses.put(attribute, CrossEntropy.of(g, logits, g.input(attribute.key(), ElementType.FLOAT, rows, attribute.count()))));
    g.output(LOSS, losses.values().stream().reduce(g::add).orElseThrow());
    losses.forEach((attribute, loss) -> g.output("loss." + attribute.key(), loss));
    return g.build();
  }

  @Override
  public Batch batch(long step) {
    int turn = Math.toIntExact(step % sizes.size());
    Size size = sizes.get(turn);
    int length = 3 * size.width() * size.height();
    float[] pictures = new float[rows * length];
    Map<String, float[]> data = new HashMap<>(Map.of(ReaderNetwork.PICTURES, pictures));
    for (Attribute attribute : Attribute.values()) {
      data.put(attribute.key(), new float[rows * attribute.count()]);
    }
    for (int row = 0; row < rows; row++) {
      ToyPicture shown = ToyPicture.toLearnFrom(seed, step * rows + row, size.width(), size.height());
      SplittableRandom random = new SplittableRandom(shown.scene().setting().groundSeed());
      System.arraycopy(Wear.worn(shown.picture(), random).planes(), 0, pictures, row * length, length);
      for (Attribute attribute : Attribute.values()) {
        data.get(attribute.key())[row * attribute.count() + attribute.of(shown.scene().attributes())] = 1;
      }
    }
    return Batch.of(turn, data);
  }
}
