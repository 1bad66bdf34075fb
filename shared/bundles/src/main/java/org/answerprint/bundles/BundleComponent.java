package org.answerprint.bundles;

import java.util.List;
import java.util.Objects;

/**
 * A network of a bundle.
 *
 * @param kind what it is
 * @param weights the file to open it with, below the bundle's folder
 * @param portedLayers those with attention ports
 */
public record BundleComponent(ComponentKind kind, String weights, List<PortedLayer> portedLayers) {

  public BundleComponent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(weights, "weights");
    portedLayers = List.copyOf(portedLayers);
  }
}
