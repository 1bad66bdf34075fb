package org.answerprint.corpus;

/**
 * One upload.
 *
 * @param name a file name; also part of a key
 * @param attacks in a few words, what it tries
 * @param bytes of the file; not to be changed
 * @param outcome what has to become of it
 */
public record Specimen(String name, String attacks, byte[] bytes, Outcome outcome) {}
