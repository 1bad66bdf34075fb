package org.answerprint.training;

import java.util.List;
import org.answerprint.graph.AdamW;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * A step of AdamW, and of the weights' average beside it: inputs {@code keep}, one number, and {@code average.{name}}; outputs
 * {@code next.average.{name}}, which is keep times the average and the rest times the new weight.
 */
final class StepGraph {

  static final String KEEP = "keep";

  private StepGraph() {}

  static String average(String name) {
    return "average." + name;
  }

  static Graph of(List<NamedType> weights, AdamW.Settings settings) {
    Graph adam = AdamW.of(weights, settings);
    GraphBuilder g = GraphBuilder.extending(adam);
    Tensor keep = g.input(KEEP, ElementType.FLOAT, Shape.SCALAR);
    for (NamedType weight : weights) {
      Tensor before = g.input(average(weight.name()), ElementType.FLOAT, weight.type().shape());
      Tensor now = adam.output(AdamW.next(weight.name()));
      g.output(AdamW.next(average(weight.name())), g.add(now, g.multiply(g.subtract(before, now), keep)));
    }
    return g.build();
  }
}
