package org.answerprint.media;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Assumptions;

/**
 * FFmpeg's own command line, as it is packed with the natives: the peer that results are compared with. Other modules' tests and
 * benchmarks have it from this module's test jar. It needs libraries of a desktop; where they are missing it does not start, and
 * tests that need it are skipped.
 */
public final class FfmpegProgram {

  private static final Optional<String> PATH = find();

  private FfmpegProgram() {
  }

  private static Optional<String> find() {
    try {
      String path = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
      Process process = builder(path, List.of("-version")).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && said.contains("--enable-libx264") ? Optional.of(path) : Optional.empty();
    } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The libraries beside the program find each other only where they are told to look there. */
  private static ProcessBuilder builder(String path, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(path));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LD_LIBRARY_PATH", new File(path).getParent());
    return builder;
  }

  /** Skips the test that calls it where the program does not run or has no x264. */
  public static void assumeRuns() {
    Assumptions.assumeTrue(PATH.isPresent(), "the FFmpeg program of the natives does not start here"
        + " (it needs libasound2, libpulse0, libxcb1, libxcb-shm0, libxcb-xfixes0 and libx11-xcb1), or has no x264");
  }

  /**
   * The program with these arguments, not started.
   *
   * @throws IllegalStateException where it does not run on this machine
   */
  public static ProcessBuilder command(List<String> arguments) {
    return builder(PATH.orElseThrow(() -> new IllegalStateException("the FFmpeg program of the natives does not start here")), arguments);
  }

  /** Runs it in a folder; arguments are parted by spaces. */
  public static void run(Path folder, String arguments) {
    List<String> words = new ArrayList<>(List.of("-nostdin", "-y", "-v", "error"));
    words.addAll(Arrays.asList(arguments.trim().split(" +")));
    try {
      Process process = command(words).directory(folder.toFile()).redirectErrorStream(true).start();
      String said;
      try (InputStream output = process.getInputStream()) {
        said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (process.waitFor() != 0) {
        throw new AssertionError("ffmpeg " + arguments + " failed: " + said);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
