/**
 * Finds the shots of a film from small pictures, one pass, with bounded memory:
 * {@link org.answerprint.shots.ShotDetector} takes the pictures and hands over each shot as it closes.
 */
package org.answerprint.shots;
