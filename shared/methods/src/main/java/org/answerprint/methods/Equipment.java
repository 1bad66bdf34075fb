package org.answerprint.methods;

import java.util.Objects;
import java.util.Optional;
import org.answerprint.bundles.Bundle;
import org.answerprint.pipeline.Pipelines;

/**
 * What a worker lends to methods that generate.
 *
 * @param model the bundle that the recipe names, on this machine; empty for methods that need none
 * @param pipelines opens it, and keeps it open between shots
 * @param checkpoints of this task
 */
public record Equipment(Optional<Bundle> model, Pipelines pipelines, Checkpoints checkpoints) {

  public Equipment {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(pipelines, "pipelines");
    Objects.requireNonNull(checkpoints, "checkpoints");
  }
}
