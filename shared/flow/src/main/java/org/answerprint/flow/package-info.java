/**
 * Dense optical flow: {@link org.answerprint.flow.DenseFlow} finds where what one picture shows lies in another, and
 * {@link org.answerprint.flow.FlowField} is what it finds.
 */
package org.answerprint.flow;
