/**
 * Graphs at work: a {@link org.answerprint.runtime.Session} runs one graph on an {@link org.answerprint.runtime.Engine} with
 * {@link org.answerprint.runtime.BoundWeights}, which several sessions may share. Whoever opens one closes it: sessions first,
 * then the weights, then the files they came from.
 */
package org.answerprint.runtime;
