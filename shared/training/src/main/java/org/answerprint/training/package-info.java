/**
 * Networks trained from nothing on ONNX Runtime. A {@link org.answerprint.training.Lesson} says what is learnt: graphs with a loss,
 * first values, and the data of every step. A {@link org.answerprint.training.Training} takes the steps, and a
 * {@link org.answerprint.training.Trainer} takes all of them with checkpoints and a line of progress. Everything follows from seeds:
 * a training that was interrupted ends with the bits of one that was not.
 */
package org.answerprint.training;
