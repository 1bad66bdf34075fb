package org.answerprint.media.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The class-data archive that makes children start sooner, if the launcher has laid one ready. */
final class ClassArchive {

  private ClassArchive() {
  }

  /** The file {@code decoder.jsa} in the folder of the system property {@code answerprint.cache}. */
  static Optional<Path> ready() {
    String cache = System.getProperty("answerprint.cache", "");
    return cache.isEmpty() ? Optional.empty() : Optional.of(Path.of(cache, "decoder.jsa")).filter(Files::isReadable);
  }
}
