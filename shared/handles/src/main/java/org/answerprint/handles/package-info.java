/**
 * The pack of frames a transition needs from a shot: a few lossless pictures with their times, readable one by one
 * through byte ranges, each with its own checksum. {@link org.answerprint.handles.HandleWriter} writes,
 * {@link org.answerprint.handles.HandlePack} reads.
 */
package org.answerprint.handles;
