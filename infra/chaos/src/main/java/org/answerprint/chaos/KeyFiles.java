package org.answerprint.chaos;

import java.nio.file.Path;

/** How the local S3 server names the files of objects: a folder is what stands before a slash, with that slash escaped. */
final class KeyFiles {

  private static final String SLASH = "%2F";

  private KeyFiles() {}

  /** The file of an object, or with a slash at the end of the key the folder of all that begin with it. */
  static Path of(Path bucket, String key) {
    Path file = bucket;
    String[] names = key.split("/");
    for (int i = 0; i < names.length; i++) {
      boolean folder = i + 1 < names.length || key.endsWith("/");
      file = file.resolve(folder ? names[i] + SLASH : names[i]);
    }
    return file;
  }

  /** The bucket and key of a file, by its path below the folder of all buckets. */
  static String key(Path file) {
    return file.toString().replace(SLASH, "");
  }

  /** The last part of a key. */
  static String name(Path file) {
    return key(file.getFileName());
  }
}
