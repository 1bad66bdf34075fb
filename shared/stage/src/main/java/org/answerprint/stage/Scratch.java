package org.answerprint.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.answerprint.faults.TransientFault;

/** A folder of one task's files while they are made; gone when it is closed. Not thread-safe. */
public final class Scratch implements AutoCloseable {

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  public static Scratch in(Path parent) {
    try {
      Files.createDirectories(parent);
      return new Scratch(Files.createTempDirectory(parent, "task-"));
    } catch (IOException e) {
      throw new TransientFault("the scratch folder " + parent + " cannot be written to: " + e.getMessage(), e);
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(Scratch.class.getName()).log(System.Logger.Level.WARNING, "left over: " + folder, e);
    }
  }
}
