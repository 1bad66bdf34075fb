package org.answerprint.evaluation;

import java.util.Set;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pix2video.References;

/** A way to edit a clip. */
public sealed interface Editor {

  /** In which layers frames attend to others. */
  enum Layers {
    /** All of the decoder: the method's own. */
    DECODER,
    /** The later, finer half of the decoder's. */
    DEEP,
    /** Those of the encoder and the middle too. */
    ALL;

    Set<String> of(ImageModel model) {
      return switch (this) {
        case DECODER -> model.decoderLayers();
        case DEEP -> model.lateDecoderLayers();
        case ALL -> model.allLayers();
      };
    }
  }

  /** For how many of the steps a frame is pulled towards the one before. */
  enum Guided {
    NONE, HALF, ALL
  }

  /**
   * Pix2Video.
   *
   * @param references whose features a frame attends to
   * @param layers where
   * @param guided for how long frames are pulled towards those before them
   * @param inverted whether each frame begins at its own inverted noise, and not at noise of a seed
   */
  record Attending(References references, Layers layers, Guided guided, boolean inverted) implements Editor {}

  /**
   * SDEdit (Meng et al., ICLR 2022), each frame by itself and with its depth.
   *
   * @param strength which part of the steps is run, from 0 to 1
   */
  record SdEdit(double strength) implements Editor {}

  /** The first frame, edited by itself, carried along by the optical flow of the source. */
  record KeyFrame() implements Editor {}

  /** Nothing: what the measures say of the source itself. */
  record Untouched() implements Editor {}

  /**
   * The perfect edit as the renderer draws it: what the measures say of it is the most that can be hoped for.
   *
   * @param coded whether it is seen through the model's autoencoder, as whatever the model makes is
   */
  record Ideal(boolean coded) implements Editor {}

  /** Whether it can be run on a clip of which nobody knows the perfect edit. */
  default boolean runsAnywhere() {
    return !(this instanceof Ideal);
  }
}
