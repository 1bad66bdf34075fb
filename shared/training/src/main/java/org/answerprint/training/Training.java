package org.answerprint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.AdamW;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.TensorType;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.runtime.TensorMemory;
import org.answerprint.weights.Tensors;

/**
 * A lesson being learnt, step by step. Gradients come from one call and go into the next without being copied; weights, moments
 * and averages change places with what the step wrote. Not for several threads at once.
 */
public final class Training implements AutoCloseable {

  private static final TensorType NUMBER = new TensorType(ElementType.FLOAT, Shape.SCALAR);

  private final Plan plan;
  private final List<Pass> passes = new ArrayList<>();
  private final Map<String, TensorMemory> gradients = new LinkedHashMap<>();
  private final Map<String, TensorMemory> rates = new LinkedHashMap<>();
  private final TensorMemory norm = new TensorMemory(NUMBER);
  private final Session optimiser;
  private final TrainingState state;
  private final BoundWeights none = BoundWeights.none();

  /** One of the lesson's graphs with its gradients, and memory for its data and losses. */
  private record Pass(Session session, Map<String, TensorMemory> data, Map<String, TensorMemory> losses) {}

  /** Begins a lesson: nothing is learnt yet. */
  public Training(Lesson lesson, Plan plan, Engine engine) {
    this.plan = plan;
    List<Graph> graphs = lesson.graphs();
    List<NamedType> weights = graphs.getFirst().weights();
    weights.forEach(weight -> gradients.put(TrainingGraph.gradient(weight.name()), new TensorMemory(weight.type())));
    graphs.forEach(graph -> passes.add(pass(engine, graph, weights)));
    List.of(AdamW.LEARNING_RATE, AdamW.STEP, StepGraph.KEEP).forEach(name -> rates.put(name, new TensorMemory(NUMBER)));
    optimiser = Session.open(engine, StepGraph.of(weights, plan.settings()), none);
    state = new TrainingState(weights);
    weights.forEach(weight -> state.begin(weight, lesson.initial(weight, plan.seed())));
  }

  private Pass pass(Engine engine, Graph graph, List<NamedType> weights) {
    if (!Map.copyOf(types(graph.weights())).equals(types(weights))) {
      throw new InternalFault("The graphs of a lesson have the same weights; found %s and %s.".formatted(weights, graph.weights()));
    }
    Map<String, TensorMemory> data = new LinkedHashMap<>();
    graph.inputs().forEach(input -> data.put(input.name(), new TensorMemory(input.type())));
    Map<String, TensorMemory> losses = new LinkedHashMap<>();
    graph.outputs().forEach(output -> losses.put(output.name(), new TensorMemory(output.type())));
    return new Pass(Session.open(engine, LossGraph.withGradients(graph), none), data, losses);
  }

  private static Map<String, TensorType> types(List<NamedType> named) {
    Map<String, TensorType> types = new HashMap<>();
    named.forEach(it -> types.put(it.name(), it.type()));
    return types;
  }

  /** Steps taken. */
  public long steps() {
    return state.step();
  }

  /**
   * Takes one step on a batch.
   *
   * @return the graph's outputs by name, and {@link AdamW#GRADIENT_NORM} before it was cut
   */
  public Map<String, Double> step(Batch batch) {
    Pass pass = passes.get(batch.graph());
    fill(pass, batch);
    Map<String, TensorMemory> inputs = new LinkedHashMap<>(pass.data());
    inputs.putAll(state.weights());
    Map<String, TensorMemory> results = new LinkedHashMap<>(pass.losses());
    results.putAll(gradients);
    pass.session().run(inputs, results);
    update();
    Map<String, Double> losses = new LinkedHashMap<>();
    pass.losses().forEach((name, memory) -> losses.put(name, (double) memory.floats().get(0)));
    losses.put(AdamW.GRADIENT_NORM, (double) norm.floats().get(0));
    return losses;
  }

  private static void fill(Pass pass, Batch batch) {
    if (batch.floats().size() + batch.longs().size() != pass.data().size()) {
      throw new InternalFault("A batch of %s and %s was given to a graph of %s.".formatted(
          batch.floats().keySet(), batch.longs().keySet(), pass.data().keySet()));
    }
    batch.floats().forEach((name, values) -> pass.data().get(name).floats().put(values));
    batch.longs().forEach((name, values) -> pass.data().get(name).longs().put(values));
  }

  private void update() {
    rates.get(AdamW.LEARNING_RATE).floats().put((float) plan.rate(state.step()));
    rates.get(AdamW.STEP).floats().put(state.step() + 1);
    rates.get(StepGraph.KEEP).floats().put((float) plan.kept(state.step()));
    Map<String, TensorMemory> inputs = new LinkedHashMap<>(state.now());
    inputs.putAll(gradients);
    inputs.putAll(rates);
    Map<String, TensorMemory> results = new LinkedHashMap<>();
    state.next().forEach((name, memory) -> results.put(AdamW.next(name), memory));
    results.put(AdamW.GRADIENT_NORM, norm);
    optimiser.run(inputs, results);
    state.advance();
  }

  /** The weights' average by the weights' names, to be read until the next step. */
  public Tensors average() {
    return state.average();
  }

  /** Writes a checkpoint, whole or not at all. @throws InternalFault where the weights are no numbers any more */
  public void save(Path file) {
    if (state.isBroken()) {
      throw new InternalFault("After %d steps weights are no numbers any more: the learning rate is too high.".formatted(state.step()));
    }
    state.save(file);
  }

  /** Goes on from a checkpoint. @throws RequestFault where it is not one of this lesson */
  public void load(Path file) {
    state.load(file);
  }

  @Override
  public void close() {
    passes.forEach(pass -> {
      pass.session().close();
      pass.data().values().forEach(TensorMemory::close);
      pass.losses().values().forEach(TensorMemory::close);
    });
    optimiser.close();
    gradients.values().forEach(TensorMemory::close);
    rates.values().forEach(TensorMemory::close);
    norm.close();
    state.close();
    none.close();
  }
}
