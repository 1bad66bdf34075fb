package org.answerprint.networks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.Tensor;

/**
 * A network and its vector-Jacobian product as one graph: the gradients of chosen outputs come in, those of chosen inputs come
 * out. The loss is calculated outside, so that one graph serves any loss.
 */
public final class InputGradients {

  private InputGradients() {}

  /** What the gradient of an input or output is called. */
  public static String gradient(String name) {
    return "grad_" + name;
  }

  /**
   * The network with only these outputs, an input {@code grad_{output}} of the same type for each, and an output
   * {@code grad_{input}} for each of these inputs.
   */
  public static Graph of(Graph network, List<String> outputs, List<String> inputs, Recompute recompute) {
    GraphBuilder g = GraphBuilder.extending(network.withOutputs(outputs.toArray(String[]::new)));
    Map<Tensor, Tensor> incoming = new LinkedHashMap<>();
    for (String name : outputs) {
      Tensor output = network.output(name);
      incoming.put(output, g.input(gradient(name), output.element(), output.shape()));
    }
    List<Tensor> gradients = g.gradient(incoming, inputs.stream().map(network::input).toList(), recompute);
    for (int i = 0; i < inputs.size(); i++) {
      g.output(gradient(inputs.get(i)), gradients.get(i));
    }
    return g.build();
  }
}
