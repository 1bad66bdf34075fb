package org.answerprint.training;

import java.nio.file.Path;
import java.util.List;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.weights.Tensors;

/**
 * A lesson that begins with what another training has learnt.
 *
 * @param lesson what is learnt
 * @param first weights by the lesson's names; those that it lacks begin as the lesson has it
 */
record Continued(Lesson lesson, Tensors first) implements Lesson {

  @Override
  public List<Graph> graphs() {
    return lesson.graphs();
  }

  @Override
  public Batch batch(long step) {
    return lesson.batch(step);
  }

  @Override
  public float[] initial(NamedType weight, long seed) {
    return first.find(weight.name()).map(tensor -> tensor.toFloats()).orElseGet(() -> lesson.initial(weight, seed));
  }

  @Override
  public void draw(Tensors weights, Path picture) {
    lesson.draw(weights, picture);
  }
}
