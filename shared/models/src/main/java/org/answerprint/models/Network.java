package org.answerprint.models;

import java.util.Map;
import java.util.function.Function;
import org.answerprint.bundles.Component;
import org.answerprint.graph.Graph;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * A component's definition and its weights, mapped. To be closed after everything that was opened with it.
 *
 * @param definition that its config asks for
 * @param weights under the definition's names
 */
public record Network<D extends NetworkDefinition>(D definition, Tensors weights) implements AutoCloseable {

  /** @param type the class of definition that the component's kind has */
  public static <D extends NetworkDefinition> Network<D> open(Component component, Class<D> type) {
    D definition = type.cast(Definitions.of(component));
    Tensors stored = WeightFiles.open(component.weights());
    try {
      return new Network<>(definition, Definitions.named(definition, stored));
    } catch (RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /** A graph of this network, to be closed before it. */
  GraphRun start(Function<D, Graph> graph) {
    return new GraphRun(graph.apply(definition), weights);
  }

  /** One call. */
  Map<String, Tensor> run(Function<D, Graph> graph, Map<String, Tensor> inputs) {
    try (GraphRun run = start(graph)) {
      return run.run(inputs);
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
