package org.answerprint.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.answerprint.graph.Node.Place;

/**
 * Computes the inside of blocks once more for the backward pass. What comes in at a block's border gets a zero added that is
 * read off the gradient that arrives there: the copies then depend on that gradient, so that they can neither run earlier nor
 * be merged with the forward pass by a runtime that looks for common subexpressions. The zero also waits for the wanted
 * gradients of blocks done before, so that their values can be let go.
 */
final class Rematerialisation {

  private record Copies(Tensor zero, Map<Tensor, Tensor> values) {}

  private final GraphBuilder g;
  private final Recompute recompute;
  private final Set<Tensor> wanted;
  private final Map<String, Copies> blocks = new HashMap<>();
  private final List<Tensor> finished = new ArrayList<>();

  Rematerialisation(GraphBuilder g, Recompute recompute, Set<Tensor> wanted) {
    this.g = g;
    this.recompute = recompute;
    this.wanted = wanted;
  }

  /** The backward pass comes to a node: its first one of a block opens the block. */
  void enter(Node node, Supplier<Tensor> incoming) {
    if (recompute == Recompute.BLOCKS) {
      node.place().block().ifPresent(block ->
          blocks.computeIfAbsent(block, absent -> new Copies(zero(incoming.get()), new HashMap<>())));
    }
  }

  /** A share of a gradient is there. */
  void finished(Tensor of, Tensor share) {
    if (recompute == Recompute.BLOCKS && wanted.contains(of)) {
      finished.add(share);
    }
  }

  /** Whether any first element lies below all numbers: never, which a runtime cannot know. */
  private Tensor zero(Tensor incoming) {
    GraphBuilder at = g.at(new Place("recompute", Optional.empty()));
    finished.add(incoming);
    List<Tensor> first = finished.stream()
        .map(tensor -> at.cast(at.slice(at.reshape(tensor, -1), 0, 0, 1), incoming.element())).toList();
    finished.clear();
    Tensor below = at.less(at.concat(0, first), Double.NEGATIVE_INFINITY);
    return at.sum(at.cast(below, incoming.element()), 0);
  }

  Tensor value(Tensor tensor, Node user) {
    Optional<Copies> copies = user.place().block().map(blocks::get);
    return copies.isEmpty() ? tensor : copy(tensor, user.place().block().orElseThrow(), copies.get());
  }

  /** A tensor that is not there before the backward pass comes to the node's block; itself where nothing is recomputed. */
  Tensor late(Tensor tensor, Node user) {
    return user.place().block().map(blocks::get).map(copies -> g.apply(new Late(), tensor, copies.zero())).orElse(tensor);
  }

  boolean recomputes(Node node) {
    return node.place().block().map(blocks::containsKey).orElse(false);
  }

  private Tensor copy(Tensor tensor, String block, Copies copies) {
    Tensor known = copies.values().get(tensor);
    if (known != null) {
      return known;
    }
    Node node = tensor.node();
    if (node.place().block().equals(Optional.of(block)) && !(node.operator() instanceof Source)) {
      Tensor[] inputs = node.inputs().stream().map(input -> copy(input, block, copies)).toArray(Tensor[]::new);
      GraphBuilder at = g.at(new Place("recompute", Optional.empty()).in(node.place().path()));
      List<Tensor> outputs = at.applyAll(node.operator(), inputs);
      for (int i = 0; i < outputs.size(); i++) {
        copies.values().put(node.outputs().get(i), outputs.get(i));
      }
    } else {
      copies.values().put(tensor, border(tensor, copies));
    }
    return copies.values().get(tensor);
  }

  private Tensor border(Tensor tensor, Copies copies) {
    Operator origin = tensor.node().operator();
    boolean stays = origin instanceof Source.Weight || origin instanceof Source.Constant || !tensor.element().isFloating();
    GraphBuilder at = g.at(new Place("recompute", Optional.empty()));
    return stays ? tensor : at.add(tensor, at.cast(copies.zero(), tensor.element()));
  }
}
