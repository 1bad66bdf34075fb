package org.answerprint.bundles;

import java.util.List;

/**
 * What a network's definition says about a component.
 *
 * @param problems what is wrong with config or weights, one sentence each; none where they fit
 * @param portedLayers those with attention ports, in the order of the network
 */
public record ComponentFacts(List<String> problems, List<PortedLayer> portedLayers) {

  public ComponentFacts {
    problems = List.copyOf(problems);
    portedLayers = List.copyOf(portedLayers);
  }
}
