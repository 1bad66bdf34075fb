package org.answerprint.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are whole or not there. */
final class WholeFile {

  private WholeFile() {}

  /** What is written to a file; false where there is nothing to write. */
  interface Content {
    boolean to(OutputStream out) throws IOException;
  }

  /**
   * Writes the file, which appears when all of it is there.
   *
   * @return false where there was nothing to write
   */
  static boolean write(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      boolean there;
      try (OutputStream out = Files.newOutputStream(part)) {
        there = content.to(out);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      if (there) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      return there;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
