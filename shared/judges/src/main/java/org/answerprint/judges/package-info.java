/**
 * Two small networks that judge edits of Toybox films: {@link org.answerprint.judges.AttributeReader} reads what a picture shows,
 * {@link org.answerprint.judges.TextImageModel} puts pictures and captions into one space. They are no part of any method: no
 * generator is trained, tuned or chosen by them, and they see no picture that a generator made before they judge it.
 */
package org.answerprint.judges;
