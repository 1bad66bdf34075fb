/**
 * The fourth stage: the frames across one cut, made from the handle packs of both neighbours and encoded like every
 * other segment.
 */
package org.answerprint.transition;
