package org.answerprint.runtime;

import org.answerprint.graph.Target;

/** Where graphs run. Immutable. */
public sealed interface Engine {

  /**
   * This machine's processors.
   *
   * @param threads that one call works with; more than one pays only where no other work shares the cores
   * @param sparesMemory whether weights are used as they lie in their file alone: loading is quicker and memory holds no second
   *     copy of them, but convolutions are some 5 % slower. For gradients of large networks
   */
  record Cpu(int threads, boolean sparesMemory) implements Engine {
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
    return new Cpu(1, false);
  }

  /**
   * Whether graphs are to say the lengths of values that have names in them: they then load in half the time. ONNX Runtime also joins
   * more sums with convolutions then, which rounds otherwise, so only where nothing is joined.
   */
  default boolean wantsLengths() {
    return this instanceof Cpu(int _, boolean sparesMemory) && sparesMemory;
  }

  /** What graphs are to be written for. */
  default Target target() {
    return switch (this) {
      case Cpu _ -> Target.CPU;
      case Cuda _ -> Target.CUDA;
    };
  }
}
