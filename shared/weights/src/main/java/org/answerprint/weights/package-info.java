/**
 * Weights as files hold them. {@link org.answerprint.weights.WeightFiles#open} maps a safetensors file, a sharded set
 * of files or a PyTorch zip checkpoint into memory and gives {@link org.answerprint.weights.Tensors}: names, types,
 * shapes and bytes, row-major and little-endian. Files come from strangers: every number in one is checked before it
 * is used, and nothing in one is ever executed.
 */
package org.answerprint.weights;
