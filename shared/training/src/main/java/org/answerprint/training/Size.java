package org.answerprint.training;

/**
 * The size of pictures that are learnt from.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Size(int width, int height) {}
