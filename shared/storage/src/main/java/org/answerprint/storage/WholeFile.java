package org.answerprint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are whole or not there. */
final class WholeFile {

  private WholeFile() {}

  static void copy(InputStream in, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
