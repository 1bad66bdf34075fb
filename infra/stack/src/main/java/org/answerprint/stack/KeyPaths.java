package org.answerprint.stack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How keys are written as paths, so that every key that S3 takes has a file of its own below its bucket's folder: a
 * slash belongs to the name of the folder before it ({@code a/b} is {@code a%2F/b}, so that {@code a} can be a file
 * beside it), long parts are broken over several folders, and what a file system reads as more than a name is written
 * in percent. Reading a path back is percent-decoding its names one after the other.
 */
final class KeyPaths {

  /** What a name may take beside suffixes of the store's own: 255 bytes at most are allowed for all of it. */
  private static final int NAME_BYTES = 180;

  private static final String SLASH = "%2F";
  private static final String CONTINUED = "%-";
  private static final String NOTHING = "%=";

  private KeyPaths() {}

  /** The path of a key, relative to its bucket's folder; never empty, absolute, or with dots for names. */
  static String pathOf(String key) {
    List<String> names = new ArrayList<>();
    String[] parts = key.split("/", -1);
    for (int i = 0; i + 1 < parts.length; i++) {
      add(names, parts[i], SLASH);
    }
    String last = parts[parts.length - 1];
    add(names, last, last.isEmpty() ? NOTHING : "");
    return String.join("/", names);
  }

  /** The key of a path, or empty where no key is written so: a file that somebody else put there. */
  static Optional<String> keyOf(String path) {
    Optional<String> key = decode(path.replace("/", ""));
    return key.filter(k -> pathOf(k).equals(path));
  }

  /** What one name of a path stands for; a folder's ends in a slash, or is a beginning. */
  static Optional<String> decode(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '%') {
        text.append(name.charAt(i));
      } else if (name.startsWith(CONTINUED, i) || name.startsWith(NOTHING, i)) {
        i++;
      } else if (name.substring(i).matches("(?s)%[0-9A-F]{2}.*")) {
        text.append((char) Integer.parseInt(name.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(text.toString());
  }

  /** Whether this folder's name goes on in those below it. */
  static boolean isContinued(String name) {
    return name.endsWith(CONTINUED);
  }

  /** Whether this is a folder of keys that share all up to a slash. */
  static boolean isFolder(String name) {
    return name.endsWith(SLASH);
  }

  private static void add(List<String> names, String part, String suffix) {
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < part.length(); ) {
      int point = part.codePointAt(i);
      String written = written(point, i == 0);
      int length = written.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + length > NAME_BYTES) {
        names.add(name.append(CONTINUED).toString());
        name.setLength(0);
        bytes = 0;
      }
      name.append(written);
      bytes += length;
      i += Character.charCount(point);
    }
    names.add(name.append(suffix).toString());
  }

  /** A leading dot could be a name of the file system's own, or of the store's; so is none. */
  private static String written(int point, boolean first) {
    boolean special = point == '%' || point < ' ' || point == 0x7f || point == '.' && first;
    return special ? String.format("%%%02X", point) : Character.toString(point);
  }
}
