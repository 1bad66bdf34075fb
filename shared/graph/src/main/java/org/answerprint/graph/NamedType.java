package org.answerprint.graph;

/** An input, a weight or an output by its name, and what it must hold. */
public record NamedType(String name, TensorType type) {}
