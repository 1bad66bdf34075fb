/**
 * The third stage: one shot, or a piece of it, is decoded, edited by the method that its recipe names, and encoded as
 * the segment that the film is joined from; frames that a transition replaces leave through the handle pack.
 */
package org.answerprint.edit;
