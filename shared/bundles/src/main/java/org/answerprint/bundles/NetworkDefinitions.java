package org.answerprint.bundles;

import org.answerprint.weights.Tensors;

/** What is known about networks, asked for every component of a checkpoint before anything is copied. */
public interface NetworkDefinitions {

  /**
   * Holds a component's weights against what its config asks for.
   *
   * @param tensors its weights, open for the length of this call
   */
  ComponentFacts check(Component component, Tensors tensors);
}
