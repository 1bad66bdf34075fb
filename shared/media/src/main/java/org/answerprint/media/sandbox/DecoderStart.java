package org.answerprint.media.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.answerprint.faults.InternalFault;

/**
 * What makes decoders start in half the time: an ahead-of-time cache of their classes, {@code decoder.aot} in the folder
 * of the system property {@code answerprint.cache}. Decoders work without it, and pass over one that does not fit.
 */
public final class DecoderStart {

  private static final String CACHE = "decoder.aot";
  private static final int LONGEST_TRAINING_SECONDS = 120;

  private DecoderStart() {
  }

  /** The class path of decoders, for processes that share a cache: it fits one class path only. */
  public static String classPath() {
    return ChildCommand.classPath();
  }

  /**
   * Makes the cache in a folder, by a decoder that reads a film of ours without any walls.
   *
   * @return whether there is one now; a class path of folders instead of jars allows none
   */
  public static boolean train(Path film, Path folder) {
    Path cache = folder.resolve(CACHE);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(cache);
      Process process = ChildCommand.training(cache, film).start();
      if (!process.waitFor(LONGEST_TRAINING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
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
    return Optional.of(folder).filter(name -> !name.isEmpty()).map(name -> Path.of(name, CACHE)).filter(Files::isReadable)
        .map(cache -> List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr")).orElse(List.of());
  }
}
