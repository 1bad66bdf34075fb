/**
 * The recipe: what a person wants done to a video, written in YAML beside it. Text goes in; out comes a value that is
 * proof of validity, or every problem at once. All types here are immutable and safe to share between threads.
 */
package org.answerprint.recipe;
