package org.answerprint.bundles;

import java.util.regex.Pattern;

/**
 * A file of a bundle.
 *
 * @param path below the bundle's folder, with slashes
 * @param bytes its size
 * @param digest the SHA-256 of the SHA-256s of its pieces of 64 MiB, in lower-case hexadecimal
 */
public record BundleFile(String path, long bytes, String digest) {

  static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9._-]*/){0,3}[A-Za-z0-9_][A-Za-z0-9._-]*");

  /** @throws IllegalArgumentException where the path leads elsewhere, or one of the others cannot be */
  public BundleFile {
    if (!PATH.matcher(path).matches() || bytes < 0 || !DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("a file of a bundle cannot be '%s', %d bytes, %s".formatted(
          path.replaceAll("[^\\x20-\\x7e]", "?"), bytes, digest.replaceAll("[^\\x20-\\x7e]", "?")));
    }
  }
}
