package org.answerprint.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The checks that several records of this package share. */
final class Checks {

  private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-z](?:[0-9a-z-]{0,62}[0-9a-z])?");
  private static final int HASH_BYTES = 16;

  private Checks() {}

  static <T> T present(T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  static String text(String value, String name) {
    if (present(value, name).isBlank()) {
      throw new IllegalArgumentException(name + " is blank; it must say something");
    }
    return value;
  }

  static String identifier(String value, String name) {
    if (!IDENTIFIER.matcher(present(value, name)).matches()) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; it must be 1 to 64 of a-z, 0-9 and inner hyphens");
    }
    return value;
  }

  static int atLeast(int minimum, int value, String name) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + minimum);
    }
    return value;
  }

  /** 32 hexadecimal digits of SHA-256 over the parts, each preceded by its length, so that no two lists collide. */
  static String hash(List<String> parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", missing);
    }
  }
}
