package org.answerprint.graph;

/** Where a graph is to run, and so which forms of its operators are written. */
public enum Target {
  /** ONNX's own operators alone: any runtime, and the yardstick of the others. */
  STANDARD,
  /** ONNX Runtime's CPU provider, with its fused kernels where they are faster. */
  CPU,
  /** ONNX Runtime's CUDA provider, with its fused kernels. */
  CUDA
}
