package org.answerprint.graph;

import java.util.List;

/**
 * An ONNX operator as it is; only lowering makes them, so they have no gradient.
 *
 * @param domain empty for ONNX's own, {@code com.microsoft} for ONNX Runtime's
 * @param slots the place in ONNX's list of inputs for each input of the node; places between are left empty
 * @param results what comes out: the lowered operator has inferred it
 */
record Kernel(String domain, String name, Attributes attributes, List<Integer> slots, List<TensorType> results)
    implements Operator {

  static final String ONNX = "";
  static final String MICROSOFT = "com.microsoft";

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return results;
  }

  @Override
  public void differentiate(Backward backward) {
    throw new IllegalArgumentException("a graph is differentiated before it is lowered to " + name);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    throw new IllegalStateException(name + " is lowered already");
  }
}
