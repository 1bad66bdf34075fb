package org.answerprint.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Node.Place;

/** One backward pass: nodes from the last to the first, each adding to the gradients of its inputs. */
final class Gradients {

  private final GraphBuilder g;
  private final List<Tensor> wanted;
  private final Map<Tensor, Tensor> gradients = new HashMap<>();
  private final Set<Tensor> onTheWay = new HashSet<>();
  private final List<Node> nodes;
  private final Rematerialisation again;

  Gradients(GraphBuilder g, Map<Tensor, Tensor> incoming, List<Tensor> wanted, Recompute recompute) {
    this.g = g.at(Place.TOP);
    this.wanted = List.copyOf(wanted);
    this.nodes = Graph.needed(incoming.keySet());
    this.again = new Rematerialisation(this.g, recompute, new HashSet<>(wanted));
    incoming.forEach((output, gradient) -> {
      if (!output.type().equals(gradient.type())) {
        throw new InternalFault("The gradient that comes in for " + output + " is of its type; found " + gradient.type() + ".");
      }
      gradients.put(output, gradient);
    });
    markTheWay();
  }

  /** Marks what depends on a wanted tensor: gradients of anything else are not computed. */
  private void markTheWay() {
    onTheWay.addAll(wanted);
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(onTheWay::contains)) {
        node.outputs().stream().filter(output -> output.element().isFloating()).forEach(onTheWay::add);
      }
    }
  }

  List<Tensor> all() {
    for (Node node : nodes.reversed()) {
      boolean reached = node.outputs().stream().anyMatch(gradients::containsKey);
      if (reached && node.inputs().stream().anyMatch(onTheWay::contains)) {
        GraphBuilder here = g.at(new Place("gradient", Optional.empty()).in(node.place().path()));
        again.enter(node, () -> incoming(node.outputs()));
        differentiate(node, new Backward(this, node, here));
      }
    }
    return wanted.stream().map(tensor -> of(tensor).orElseGet(() -> zeros(tensor))).toList();
  }

  private static void differentiate(Node node, Backward backward) {
    try {
      node.operator().differentiate(backward);
    } catch (IllegalArgumentException wrong) {
      throw new InternalFault("The gradient of " + node + " cannot be taken: " + wrong.getMessage() + ".", wrong);
    }
  }

  private Tensor incoming(Collection<Tensor> outputs) {
    return outputs.stream().map(gradients::get).filter(gradient -> gradient != null).findFirst().orElseThrow();
  }

  private Tensor zeros(Tensor tensor) {
    return g.expand(g.scalar(tensor.element(), 0), tensor.shape());
  }

  Tensor value(Tensor tensor, Node user) {
    return again.value(tensor, user);
  }

  Tensor late(Tensor tensor, Node user) {
    return again.late(tensor, user);
  }

  boolean recomputes(Node node) {
    return again.recomputes(node);
  }

  Optional<Tensor> of(Tensor tensor) {
    return Optional.ofNullable(gradients.get(tensor));
  }

  boolean wants(Tensor tensor) {
    return onTheWay.contains(tensor);
  }

  void add(Tensor tensor, Tensor share) {
    again.finished(tensor, share);
    gradients.merge(tensor, share, g.at(new Place("gradient", Optional.empty()))::add);
  }
}
