package org.answerprint.media.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What stands around a decoding child before it sees the first byte of a film. Two walls of the kernel, each of which
 * would do: {@link SystemCallFilter} and {@link Landlock}. Behind them nothing can be opened, so everything that
 * decoding comes to need is loaded before.
 */
final class Walls {

  /** Bits of what {@link #raise} answers. */
  static final int FILTER = 1;
  static final int LANDLOCK = 2;
  static final int ALL = FILTER | LANDLOCK;
  /** No wall, but said in the same number: there is memory to put pictures into. */
  static final int MEMORY = 4;

  private static final String OURS = "org/answerprint/";

  private Walls() {
  }

  /** Raises the walls this kernel has and answers which; to be called by the thread that decodes. */
  static int raise() {
    prepare();
    if (!SystemCalls.known()) {
      return 0;
    }
    int landlock = Landlock.raise() ? LANDLOCK : 0;
    return landlock | (SystemCallFilter.raise() ? FILTER : 0);
  }

  /** Loads all that is needed behind the walls. */
  static void prepare() {
    Thread binding = Thread.ofPlatform().daemon().start(Walls::bindSystemCalls);
    loadWhatDecodingNeeds();
    join(binding);
  }

  /** The first call takes as long as loading the natives does, so it is made beside that. */
  private static void bindSystemCalls() {
    if (SystemCalls.known()) {
      WidePipe.widen();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void loadWhatDecodingNeeds() {
    Natives.load();
    // looking for what is nowhere opens every jar
    ClassLoader.getSystemResource(OURS + "nowhere");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path folder = Path.of(entry, OURS);
      if (Files.isDirectory(folder)) {
        loadClasses(Path.of(entry), folder);
      }
    }
  }

  /** Classes in a jar are read through the open jar; those in folders are files that could not be opened later. */
  private static void loadClasses(Path root, Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(file -> root.relativize(file).toString()).filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.')).forEach(Walls::load);
    } catch (IOException e) {
      throw new IllegalStateException("the classes in " + folder + " could not be read", e);
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Walls.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // tests in the same folder need what a decoder does not have
    }
  }
}
