package org.answerprint.graph;

/** What one element of a tensor is. */
public enum ElementType {
  FLOAT(1, 4, true),
  INT32(6, 4, false),
  INT64(7, 8, false),
  BOOL(9, 1, false),
  FLOAT16(10, 2, true),
  DOUBLE(11, 8, true);

  private final int onnx;
  private final int bytes;
  private final boolean floating;

  ElementType(int onnx, int bytes, boolean floating) {
    this.onnx = onnx;
    this.bytes = bytes;
    this.floating = floating;
  }

  /** The number ONNX gives this type (TensorProto.DataType; ONNX Runtime's Java binding numbers types otherwise). */
  public int onnx() {
    return onnx;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** Whether gradients can flow through it. */
  public boolean isFloating() {
    return floating;
  }
}
