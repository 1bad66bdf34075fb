package org.answerprint.training;

import java.nio.file.Path;
import java.util.List;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.weights.Tensors;

/**
 * What is to be learnt. Answers depend on nothing but the arguments and what the lesson was made with; {@link #batch} is asked
 * on another thread than the rest.
 */
public interface Lesson {

  /** The output that is made small: one FLOAT number. Other outputs, one number each, are shown beside it. */
  String LOSS = "loss";

  /**
   * Forward passes that end in losses, one for each kind of batch. Their weights, the same in each and all FLOAT, are what is
   * trained; their inputs, of known lengths, are the data.
   */
  List<Graph> graphs();

  /** The data of a step, from 0: the same whenever it is asked for. */
  Batch batch(long step);

  /** The first values of a weight. */
  default float[] initial(NamedType weight, long seed) {
    return InitialWeights.of(weight, seed);
  }

  /**
   * Draws what has been learnt so far, for people to look at.
   *
   * @param weights averaged over the last steps; open during the call only
   * @param picture a PNG file to be written, or replaced
   */
  default void draw(Tensors weights, Path picture) {}
}
