/**
 * Frames of video in memory, without natives: pixel formats, time bases, and the interfaces between what yields
 * frames and what takes them. Times are integers in a stream's own time base, never floating seconds.
 */
package org.answerprint.frames;
