package org.answerprint.media.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.answerprint.faults.InternalFault;

/**
 * What makes decoders start with two thirds of the work: an ahead-of-time cache of their classes, {@code decoder.aot} in the
 * folder of the system property {@code answerprint.cache}. Decoders work without it, and pass over one that does not fit. Where
 * there is none, or jars are newer, the first decoder's start begins to make one in a process of its own, which nobody waits
 * for. Thread-safe.
 */
public final class DecoderStart {

  private static final String CACHE = "decoder.aot";
  /** A folder: whoever made it works in it, and nobody else does the same. */
  private static final String MAKING = "decoder.making";
  /** Bytes; a cache and the classes that come later lie within one of them. */
  private static final long GRAIN = 1L << 32;
  private static final int LOWEST = 8;
  private static final int PLACES = 4096;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private DecoderStart() {
  }

  /** The class path of decoders, for processes that share a cache: it fits one class path only. */
  public static String classPath() {
    return ChildCommand.classPath();
  }

  /**
   * Makes the cache in a folder anew and waits for it.
   *
   * @return whether there is one now; a class path of folders instead of jars allows none
   */
  public static boolean make(Path folder) {
    Path cache = folder.resolve(CACHE);
    try {
      Files.deleteIfExists(cache);
      Optional<Process> process = begin(folder);
      if (process.isPresent() && !process.get().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.get().destroyForcibly();
      }
      return Files.isReadable(cache);
    } catch (IOException e) {
      throw new InternalFault("a decoder process could not be started (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The JVM's options for the cache, where there is one. */
  static List<String> options() {
    String folder = System.getProperty("answerprint.cache", "");
    return folder.isEmpty() ? List.of() : options(Path.of(folder));
  }

  private static List<String> options(Path folder) {
    if (!isOfJars()) {
      return List.of();
    }
    Path cache = folder.resolve(CACHE);
    try {
      if (Files.isReadable(cache) && !isOlderThanJars(cache)) {
        return List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr",
            "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");
      }
      begin(folder);
    } catch (IOException e) {
      // a folder that cannot be written, or a process too many: decoders start as they would without
    }
    return List.of();
  }

  /**
   * Where in memory a cache is to lie. A JVM moves it elsewhere at each start, so that nobody who takes a decoder over knows where it
   * lies, and writes to all of its pages then; a cache that was made for an address that nobody knows may stay there.
   */
  static long anyAddress() {
    return (LOWEST + new SecureRandom().nextInt(PLACES)) * GRAIN;
  }

  /** A JVM takes classes of a cache also for folders, whatever has become of the classes in them since. */
  private static boolean isOfJars() {
    return jars().allMatch(Files::isRegularFile);
  }

  private static Stream<Path> jars() {
    return Stream.of(classPath().split(File.pathSeparator)).map(Path::of);
  }

  private static boolean isOlderThanJars(Path cache) throws IOException {
    FileTime made = Files.getLastModifiedTime(cache);
    for (Path jar : jars().toList()) {
      if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Nothing where another process is at it, or the class path allows none. */
  private static Optional<Process> begin(Path folder) throws IOException {
    if (!isOfJars()) {
      return Optional.empty();
    }
    Path making = folder.resolve(MAKING);
    Files.createDirectories(folder);
    try {
      Files.createDirectory(making);
    } catch (FileAlreadyExistsException e) {
      boolean dead = Files.getLastModifiedTime(making).toInstant().isBefore(Instant.now().minus(LONGEST.multipliedBy(2)));
      if (!dead) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(making, FileTime.from(Instant.now()));
    }
    return Optional.of(ChildCommand.training(making, folder.resolve(CACHE)).start());
  }
}
