/**
 * The last stage, and the one that decides what is next: it looks at what exists of a job whenever a part of it is
 * finished, and when all parts are there it joins them by packet copy and puts the original sound back.
 */
package org.answerprint.assemble;
