package org.answerprint.report;

import java.util.regex.Pattern;

/** The written form of a digest. */
final class Sha256 {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private Sha256() {}

  static void require(String digest) {
    if (!FORM.matcher(digest).matches()) {
      throw new IllegalArgumentException("a digest is 64 lower-case hexadecimal characters, not \"" + digest + "\"");
    }
  }
}
