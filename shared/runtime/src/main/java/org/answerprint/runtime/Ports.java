package org.answerprint.runtime;

import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;

/** The named inputs and outputs that a component must have, looked up in its graph. */
record Ports(String component, Graph graph) {

  /** The shape of an input. @throws RequestFault where there is none of that name, type and rank */
  Shape input(String name, ElementType element, int rank) {
    return port("input", graph.inputs(), name, element, rank);
  }

  /** The shape of an output. @throws RequestFault where there is none of that name and rank in FLOAT */
  Shape output(String name, int rank) {
    return port("output", graph.outputs(), name, ElementType.FLOAT, rank);
  }

  private Shape port(String what, List<NamedType> ports, String name, ElementType element, int rank) {
    Optional<NamedType> found = ports.stream().filter(port -> port.name().equals(name)).findFirst();
    return found.map(NamedType::type).filter(type -> type.element() == element && type.shape().rank() == rank)
        .orElseThrow(() -> new RequestFault("The %s %s of %s must be %s of %d axes, found %s; give a graph of this component".formatted(
            what, name, component, element, rank, found.isPresent() ? found.get().type() : ports.stream().map(NamedType::name).toList())))
        .shape();
  }
}
