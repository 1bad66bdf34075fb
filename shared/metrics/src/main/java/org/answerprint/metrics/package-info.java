/**
 * Measures of edited clips, each written once. They take pictures, embeddings and known motion, and hold no network:
 * whoever gives the embeddings says which model they are from. How sure a figure is, an
 * {@link org.answerprint.metrics.Interval} tells.
 */
package org.answerprint.metrics;
