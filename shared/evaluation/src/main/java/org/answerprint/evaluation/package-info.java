/**
 * Pix2Video's table in small: a fixed set of edits that nothing was trained or chosen on, the method's variants and baselines on
 * each of them, and what judges and measures say of the outcome. Each edit is kept, so that an evaluation resumes.
 */
package org.answerprint.evaluation;
