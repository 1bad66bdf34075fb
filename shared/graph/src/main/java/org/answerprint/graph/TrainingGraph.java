package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.answerprint.faults.InternalFault;

/**
 * A graph that gives a loss and its gradients instead of a network's output. Gradients only, so that those of several calls can
 * be summed before {@link AdamW} takes a step.
 *
 * <p>Inputs: the network's, {@code target} of the output's shape in FLOAT (DOUBLE for a DOUBLE graph), and {@code loss_weight},
 * one number. Outputs: {@code loss}, which is loss_weight times the mean squared difference between the output and the target,
 * and {@code grad.{name}} for each trained input or weight, of its type.
 */
public final class TrainingGraph {

  public static final String TARGET = "target";
  public static final String LOSS_WEIGHT = "loss_weight";
  public static final String LOSS = "loss";

  private TrainingGraph() {}

  /** The output that holds the gradient of an input or weight. */
  public static String gradient(String name) {
    return "grad." + name;
  }

  /**
   * The training graph of one output of a network.
   *
   * @param trained names of floating inputs (adapters, weights made inputs) or of bound weights
   */
  public static Graph of(Graph network, String output, List<String> trained, Recompute recompute) {
    GraphBuilder g = GraphBuilder.extending(network.withOutputs());
    Tensor found = network.output(output);
    ElementType work = found.element() == ElementType.FLOAT16 ? ElementType.FLOAT : found.element();
    Tensor target = g.input(TARGET, work, found.shape());
    Tensor loss = g.multiply(g.meanSquaredError(found, target), g.input(LOSS_WEIGHT, work, Shape.SCALAR));
    g.output(LOSS, loss);
    List<Tensor> tensors = trained.stream().map(name -> trained(network, name)).toList();
    List<Tensor> gradients = g.gradient(Map.of(loss, g.scalar(work, 1)), tensors, recompute);
    for (int i = 0; i < gradients.size(); i++) {
      g.output(gradient(trained.get(i)), gradients.get(i));
    }
    return g.build();
  }

  private static Tensor trained(Graph network, String name) {
    List<NamedType> known = new ArrayList<>(network.inputs());
    boolean isInput = known.stream().anyMatch(input -> input.name().equals(name));
    known.addAll(network.weights());
    Optional<NamedType> found = known.stream().filter(type -> type.name().equals(name)).findFirst();
    if (found.isEmpty() || !found.get().type().element().isFloating()) {
      throw new InternalFault("There is no floating input or weight " + name + " to train in this graph.");
    }
    return isInput ? network.input(name) : network.weight(name);
  }
}
