package org.answerprint.training;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.TrainedWeights;
import org.answerprint.graph.TrainingGraph;

/** A lesson's graph made ready to be learnt: its weights are inputs, and the gradients of its loss come out beside the losses. */
public final class LossGraph {

  private LossGraph() {}

  /** Inputs: the data, and each weight by its name. Outputs: those of the graph, and {@code grad.{name}} of each weight. */
  public static Graph withGradients(Graph forward) {
    List<String> names = forward.weights().stream().map(NamedType::name).toList();
    Graph open = withWeightsAsInputs(forward);
    GraphBuilder g = GraphBuilder.extending(open);
    Tensor loss = open.output(Lesson.LOSS);
    List<Tensor> weights = names.stream().map(open::input).toList();
    List<Tensor> gradients = g.gradient(Map.of(loss, g.scalar(loss.element(), 1)), weights, Recompute.NOTHING);
    for (int i = 0; i < names.size(); i++) {
      g.output(TrainingGraph.gradient(names.get(i)), gradients.get(i));
    }
    return g.build();
  }

  /** The forward pass alone, its weights as inputs. */
  public static Graph withWeightsAsInputs(Graph forward) {
    return TrainedWeights.asInputs(forward, new LinkedHashSet<>(forward.weights().stream().map(NamedType::name).toList()));
  }
}
