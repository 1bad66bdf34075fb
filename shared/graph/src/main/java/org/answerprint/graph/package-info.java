/**
 * A small typed language of tensor graphs. A {@link org.answerprint.graph.GraphBuilder} takes operators on
 * {@link org.answerprint.graph.Tensor}s, checks and infers every shape at once, differentiates in reverse mode, and gives an
 * immutable {@link org.answerprint.graph.Graph}, which passes rewrite and which is written as ONNX without any weight inside.
 */
package org.answerprint.graph;
