/**
 * Transitions made without a model, from the last frames of one shot and the first of the next:
 * {@link org.answerprint.joins.Joins} knows them by name.
 */
package org.answerprint.joins;
