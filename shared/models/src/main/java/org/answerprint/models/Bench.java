package org.answerprint.models;

import java.util.Map;
import java.util.Optional;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.weights.Tensor;

/** A model that golden files are held against. Its denoiser stays loaded from one pass to the next: files differ by the timestep. */
final class Bench implements AutoCloseable {

  private final Model model;
  private Optional<Pass> kept = Optional.empty();

  Bench(Model model) {
    this.model = model;
  }

  /** The model, of which nothing is loaded any more. */
  Model model() {
    close();
    return model;
  }

  /** A pass of its denoiser, whichever it has, without ports. */
  Map<String, Tensor> forward(Map<String, Tensor> inputs) {
    Component unet = model.component(ComponentKind.IMAGE_UNET, ComponentKind.VIDEO_UNET, ComponentKind.SEINE_UNET);
    if (kept.isEmpty() || !kept.get().takes(inputs)) {
      close();
      kept = Optional.of(Pass.of(unet, inputs));
    }
    return kept.get().run(inputs);
  }

  @Override
  public void close() {
    kept.ifPresent(Pass::close);
    kept = Optional.empty();
  }
}
