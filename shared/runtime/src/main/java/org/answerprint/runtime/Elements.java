package org.answerprint.runtime;

import ai.onnxruntime.OnnxJavaType;
import org.answerprint.graph.ElementType;

/** Element types as the three libraries call them. */
final class Elements {

  private Elements() {}

  static OnnxJavaType java(ElementType element) {
    return switch (element) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
    };
  }

  static org.answerprint.weights.ElementType stored(ElementType element) {
    return switch (element) {
      case FLOAT -> org.answerprint.weights.ElementType.FLOAT32;
      case DOUBLE -> org.answerprint.weights.ElementType.FLOAT64;
      case FLOAT16 -> org.answerprint.weights.ElementType.FLOAT16;
      case INT32 -> org.answerprint.weights.ElementType.INT32;
      case INT64 -> org.answerprint.weights.ElementType.INT64;
      case BOOL -> org.answerprint.weights.ElementType.BOOL;
    };
  }
}
