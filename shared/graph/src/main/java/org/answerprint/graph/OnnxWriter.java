package org.answerprint.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.answerprint.graph.Source.Constant;
import org.answerprint.graph.Source.Input;
import org.answerprint.graph.Source.Weight;

/** Gives every value of a lowered graph its name and writes them all to an {@link OnnxFile}. */
final class OnnxWriter {

  private final Graph graph;
  private final boolean lengths;
  private final OnnxFile file = new OnnxFile();
  private final Map<Tensor, String> names = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  private OnnxWriter(Graph graph, boolean lengths) {
    this.graph = graph;
    this.lengths = lengths;
  }

  /** @param lengths whether to say those of values between nodes, where they are known only at the run */
  static byte[] write(Graph lowered, boolean lengths) {
    return new OnnxWriter(lowered, lengths).all();
  }

  private byte[] all() {
    graph.outputTensors().forEach((name, tensor) -> names.put(tensor, reserve(name)));
    graph.inputs().forEach(input -> {
      file.addInput(input);
      names.put(graph.input(input.name()), reserve(input.name()));
    });
    graph.weights().forEach(weight -> reserve(weight.name()));
    graph.nodes().forEach(this::write);
    graph.outputs().forEach(file::addOutput);
    return file.bytes();
  }

  private String reserve(String name) {
    uses.put(name, 1);
    return name;
  }

  private void write(Node node) {
    switch (node.operator()) {
      case Input input -> { }
      case Weight weight -> {
        names.put(node.outputs().getFirst(), weight.name());
        file.addWeight(new NamedType(weight.name(), weight.type()));
      }
      case Constant constant -> {
        String name = unused("constant");
        names.put(node.outputs().getFirst(), name);
        file.addConstant(new NamedType(name, constant.type()), constant.data());
      }
      case Kernel kernel -> write(node, kernel);
      default -> throw new IllegalStateException("not lowered: " + node);
    }
  }

  private void write(Node node, Kernel kernel) {
    String path = node.place().path().replace('.', '/');
    String name = unused((path.isEmpty() ? "" : "/" + path) + "/" + kernel.name());
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      while (inputs.size() < kernel.slots().get(i)) {
        inputs.add("");
      }
      inputs.add(names.get(node.inputs().get(i)));
    }
    List<String> outputs = new ArrayList<>();
    for (Tensor output : node.outputs()) {
      outputs.add(names.computeIfAbsent(output, absent -> between(output, unused(name + ":" + outputs.size()))));
    }
    file.addNode(name, kernel, inputs, outputs);
  }

  private String between(Tensor value, String name) {
    if (lengths && !value.shape().isKnown()) {
      file.addValue(new NamedType(name, value.type()));
    }
    return name;
  }

  private String unused(String wanted) {
    int use = uses.merge(wanted, 1, Integer::sum);
    return use == 1 ? wanted : unused(wanted + "_" + use);
  }
}
