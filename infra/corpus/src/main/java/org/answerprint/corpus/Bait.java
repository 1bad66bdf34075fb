package org.answerprint.corpus;

import java.nio.file.Path;

/**
 * What specimens point at, and nobody may touch.
 *
 * @param file that exists on this machine
 * @param url of a port that is listened to, such as {@code http://127.0.0.1:4711/bait.ts}
 */
public record Bait(Path file, String url) {}
