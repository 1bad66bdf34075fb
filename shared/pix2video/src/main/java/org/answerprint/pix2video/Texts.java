package org.answerprint.pix2video;

/**
 * What a text encoder made of the prompts, {@code [1, 77, D]} each. Arrays are not copied.
 *
 * @param source says what is in the clip
 * @param edit says what is to be there
 * @param negative says what is not; of the empty prompt, mostly
 */
public record Texts(float[] source, float[] edit, float[] negative) {}
