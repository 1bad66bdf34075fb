package org.answerprint.networks;

import java.util.List;
import org.answerprint.graph.NamedType;

/** A network that a file of weights can be held against. Implementations are immutable. */
public interface NetworkDefinition {

  /** Every tensor that a file for this network holds, under the name that Hugging Face's libraries save it by today. */
  List<NamedType> weights();

  /** Today's name of a tensor that older files call otherwise; any other name comes back as it is. */
  default String currentName(String stored) {
    return stored;
  }

  /** Whether files may hold this tensor though the network has no use for it: buffers that older libraries saved along. */
  default boolean ignores(String currentName) {
    return false;
  }
}
