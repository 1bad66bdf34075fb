package org.answerprint.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The project's folder, and what its build left there.
 *
 * @param path of the folder with the root pom
 */
public record Home(Path path) {
  private static final String PROPERTY = "answerprint.home";

  /**
   * Finds the project: the system property {@code answerprint.home}, else the nearest folder at or above the working
   * directory that holds {@code infra/stack}.
   *
   * @throws LaunchException if there is none
   */
  public static Home find() {
    Path start = Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize();
    for (Path path = start; path != null; path = path.getParent()) {
      if (Files.isDirectory(path.resolve("infra").resolve("stack"))) {
        return new Home(path);
      }
    }
    throw new LaunchException("The project's folder was not found at or above " + start
        + "; start from inside it or name it with -D" + PROPERTY + "=FOLDER.", OptionalInt.of(2));
  }

  /**
   * The class path of a module that wrote {@code target/<artifact>.classpath}: its own jar or, where that is missing
   * or older, its classes, then its dependencies.
   *
   * @param module folder below the project's, such as {@code infra/stack}
   * @throws LaunchException if the module is not built
   */
  public String classPath(String module) {
    Path target = path.resolve(module).resolve("target");
    String artifact = Path.of(module).getFileName().toString();
    Path dependencies = target.resolve(artifact + ".classpath");
    try {
      if (Files.exists(dependencies)) {
        Path own = own(target, artifact).orElseThrow(() -> notBuilt(module));
        return own + File.pathSeparator + Files.readString(dependencies).strip();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw notBuilt(module);
  }

  private static LaunchException notBuilt(String module) {
    return new LaunchException(
        "The module " + module + " is not built; run mvn -pl " + module + " package.", OptionalInt.of(2));
  }

  private static Optional<Path> own(Path target, String artifact) throws IOException {
    Optional<Path> jar = jar(target, artifact);
    Path classes = target.resolve("classes");
    if (!Files.isDirectory(classes)) {
      return jar;
    }
    return jar.filter(file -> modified(file) >= newest(classes)).or(() -> Optional.of(classes));
  }

  private static Optional<Path> jar(Path target, String artifact) throws IOException {
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.getFileName().toString().matches(artifact + "-[0-9][0-9A-Za-z.]*\\.jar"))
          .max(Comparator.comparingLong(Home::modified));
    }
  }

  private static long newest(Path folder) {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).mapToLong(Home::modified).max().orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
