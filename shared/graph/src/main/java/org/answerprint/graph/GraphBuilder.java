package org.answerprint.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.answerprint.faults.InternalFault;
import org.answerprint.graph.Node.Place;
import org.answerprint.graph.Source.Constant;
import org.answerprint.graph.Source.Sizes;

/**
 * Where a graph is written down. Every call checks its operands and infers the result's type at once; operands that do not fit
 * are an {@link InternalFault} that names the place. Builders made by {@link #in} and {@link #block} write to the same graph
 * under a longer path. Equal operators on the same operands at any place of one block are one node. Not for several threads.
 */
public final class GraphBuilder implements LayerOperators {

  private final Draft draft;
  private final Place place;

  GraphBuilder(Draft draft, Place place) {
    this.draft = draft;
    this.place = place;
  }

  /**
   * An empty graph.
   *
   * @param floating the type of weights, and of arithmetic: FLOAT unless gradients are to be checked in DOUBLE
   */
  public static GraphBuilder of(ElementType floating) {
    return new GraphBuilder(new Draft(floating), Place.TOP);
  }

  /** An empty graph with FLOAT weights. */
  public static GraphBuilder create() {
    return of(ElementType.FLOAT);
  }

  /** A graph that begins as another: its inputs and outputs are there, and its tensors can be used. */
  public static GraphBuilder extending(Graph graph) {
    return new GraphBuilder(Draft.extending(graph), Place.TOP);
  }

  /** The same graph one module deeper; the name may hold several parts with dots between them. */
  public GraphBuilder in(String name) {
    return new GraphBuilder(draft, place.in(name));
  }

  /** As {@link #in}, and what is written there (all of it, deeper modules included) can be recomputed in a backward pass. */
  public GraphBuilder block(String name) {
    return new GraphBuilder(draft, place.block(name));
  }

  GraphBuilder at(Place other) {
    return new GraphBuilder(draft, other);
  }

  /** The module's name, dots between its parts; empty at the top. */
  public String path() {
    return place.path();
  }

  /** The floating type of weights. */
  public ElementType floating() {
    return draft.floating();
  }

  /** An input of the graph; its name is its own, without the path. Asking again for the same name and type gives the same. */
  public Tensor input(String name, ElementType element, Shape shape) {
    return draft.input(name, new TensorType(element, shape));
  }

  /** An input of the graph with known lengths. */
  public Tensor input(String name, ElementType element, long... lengths) {
    return input(name, element, Shape.of(lengths));
  }

  /** A weight of the run's floating type, named by this path and then its own name, bound when the graph is loaded. */
  @Override
  public Tensor weight(String name, long... lengths) {
    return weight(name, new TensorType(draft.floating(), Shape.of(lengths)));
  }

  /** A weight of any type, named by this path and then its own name. */
  public Tensor weight(String name, TensorType type) {
    return draft.weight(place.in(name).path(), type);
  }

  /** Makes a tensor an output of the graph; its name is its own, without the path. */
  public void output(String name, Tensor tensor) {
    draft.output(name, tensor);
  }

  /** The graph as it stands: all inputs declared, all outputs, and what those need. */
  public Graph build() {
    return draft.graph();
  }

  @Override
  public Tensor scalar(ElementType element, double value) {
    return constant(element, Shape.SCALAR, value);
  }

  /** Numbers written into the graph, in the order of the axes. */
  public Tensor constant(ElementType element, Shape shape, double... values) {
    TensorType type = new TensorType(element, shape);
    return apply(new Constant(type, Numbers.bytes(type, values)));
  }

  /** A vector of INT64. */
  public Tensor integers(long... values) {
    TensorType type = new TensorType(ElementType.INT64, Shape.of(values.length));
    return apply(new Constant(type, Numbers.bytes(values)));
  }

  /** The identity matrix of so many rows. */
  Tensor identity(ElementType element, long rows) {
    double[] values = new double[Math.toIntExact(rows * rows)];
    IntStream.range(0, (int) rows).forEach(row -> values[(int) (row * rows + row)] = 1);
    return constant(element, Shape.of(rows, rows), values);
  }

  /** A length as one number, also where it is known only at the run. */
  public Tensor sizeOf(Dim dim, ElementType element) {
    return dim.isNumber() ? scalar(element, dim.value()) : reshape(cast(apply(new Sizes(Shape.of(dim))), element), Shape.SCALAR);
  }

  /** The mean of squared differences over all elements, in FLOAT at least: one number. */
  public Tensor meanSquaredError(Tensor found, Tensor wanted) {
    ElementType work = found.element() == ElementType.FLOAT16 ? ElementType.FLOAT : found.element();
    return meanOfAll(square(subtract(cast(found, work), cast(wanted, work))));
  }

  /** The gradients of one number with respect to tensors of this graph; zeros where it does not depend on one. */
  public List<Tensor> gradient(Tensor loss, List<Tensor> withRespectTo) {
    return gradient(loss, expand(scalar(loss.element(), 1), loss.shape()), withRespectTo);
  }

  /** The vector-Jacobian products of one tensor whose gradient comes in. */
  public List<Tensor> gradient(Tensor output, Tensor incoming, List<Tensor> withRespectTo) {
    return gradient(Map.of(output, incoming), withRespectTo, Recompute.NOTHING);
  }

  /**
   * Reverse mode: the sum over outputs of their vector-Jacobian products.
   *
   * @param incoming the gradient that comes in for each output, of its type
   * @param withRespectTo inputs, weights, or any other tensors the outputs were made from
   * @return one gradient for each of {@code withRespectTo}, of its type; zeros where no output depends on it
   */
  public List<Tensor> gradient(Map<Tensor, Tensor> incoming, List<Tensor> withRespectTo, Recompute recompute) {
    return new Gradients(this, incoming, withRespectTo, recompute).all();
  }

  @Override
  public Tensor apply(Operator operator, Tensor... inputs) {
    return applyAll(operator, inputs).getFirst();
  }

  @Override
  public List<Tensor> applyAll(Operator operator, Tensor... inputs) {
    try {
      return draft.apply(operator, List.of(inputs), this);
    } catch (IllegalArgumentException wrong) {
      String where = path().isEmpty() ? "at the top of the graph" : "at " + path();
      throw new InternalFault("The operator " + operator + " " + where + " does not fit: " + wrong.getMessage() + ".", wrong);
    }
  }

  Draft draft() {
    return draft;
  }

  Place place() {
    return place;
  }
}
