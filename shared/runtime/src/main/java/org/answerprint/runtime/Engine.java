package org.answerprint.runtime;

import org.answerprint.graph.Target;

/** Where graphs run. Immutable. */
public sealed interface Engine {

  /** What is spared at the cost of the calls. */
  enum Spared {
    /** Nothing: calls are fastest. */
    NOTHING,
    /**
     * Memory: weights are used as they lie in their file alone, without a second copy, and load quicker; convolutions are some 5 %
     * slower. For gradients of large networks.
     */
    MEMORY,
    /** Loading: memory as well, and graphs run as they are written, of which ONNX Runtime improves nothing. For a call or two. */
    LOADING
  }

  /**
   * This machine's processors.
   *
   * @param threads that one call works with; more than one pays only where no other work shares the cores
   * @param spared at the cost of the calls
   */
  record Cpu(int threads, Spared spared) implements Engine {
    public Cpu {
      if (threads < 1) {
        throw new IllegalArgumentException("a call works with at least one thread: " + threads);
      }
    }
  }

  /** One of this machine's NVIDIA cards; it takes ONNX Runtime's library for CUDA in the place of the usual one. */
  record Cuda(int device) implements Engine {
    public Cuda {
      if (device < 0) {
        throw new IllegalArgumentException("cards count from 0: " + device);
      }
    }
  }

  /** One thread of the processor: the fastest choice on shared cores. */
  static Engine cpu() {
    return new Cpu(1, Spared.NOTHING);
  }

  /**
   * Whether graphs are to say the lengths of values that have names in them: they then load in half the time. ONNX Runtime also joins
   * more sums with convolutions then, which rounds otherwise, so only where nothing is joined.
   */
  default boolean wantsLengths() {
    return this instanceof Cpu(int _, Spared spared) && spared != Spared.NOTHING;
  }

  /** What graphs are to be written for. */
  default Target target() {
    return switch (this) {
      case Cpu _ -> Target.CPU;
      case Cuda _ -> Target.CUDA;
    };
  }
}
