package org.answerprint.media.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSource;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/**
 * How a decoding child is started: a small JVM with the few jars it needs and the natives this process has unpacked.
 * The system property {@code answerprint.sandbox.classpath} replaces the class path where it cannot be found out.
 */
final class ChildCommand {

  private static final List<Class<?>> NEEDED =
      List.of(SandboxMain.class, FrameSource.class, Fault.class, Loader.class, avutil.class);
  /** What a JVM reserves without touching it. */
  private static final int RESERVED_MEGABYTES = 2048;

  private ChildCommand() {
  }

  static ProcessBuilder in(Path emptyFolder, SandboxSettings settings) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limits(settings) + "exec \"$0\" \"$@\"", java()));
    command.addAll(options(settings));
    command.addAll(List.of("-Djava.io.tmpdir=" + emptyFolder, "-Duser.home=" + emptyFolder,
        "-cp", classPath(), SandboxMain.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(emptyFolder.toFile());
    builder.environment().clear();
    builder.redirectError(Boolean.getBoolean("answerprint.sandbox.debug")
        ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  private static String limits(SandboxSettings settings) {
    long kilobytes = (settings.memoryMegabytes() + (long) RESERVED_MEGABYTES) * 1024;
    return "ulimit -c 0; ulimit -f 0; ulimit -t " + settings.cpuSeconds() + "; ulimit -v " + kilobytes + "; ";
  }

  private static List<String> options(SandboxSettings settings) {
    List<String> options = new ArrayList<>(List.of("-Xmx" + settings.heapMegabytes() + "m", "-Xshare:auto",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+DisableAttachMechanism",
        "-XX:ReservedCodeCacheSize=48m", "-XX:CompressedClassSpaceSize=64m", "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-Dorg.bytedeco.javacpp.nopointergc=true",
        "-Dorg.bytedeco.javacpp.pathsFirst=true", "-Djava.library.path=" + nativeFolders(),
        "-Dorg.bytedeco.javacpp.cachedir=" + cacheFolder()));
    ClassArchive.ready().ifPresent(archive -> options.add("-XX:SharedArchiveFile=" + archive));
    return options;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String classPath() {
    String given = System.getProperty("answerprint.sandbox.classpath", "");
    return given.isEmpty()
        ? String.join(File.pathSeparator, NEEDED.stream().map(ChildCommand::origin).distinct().toList()) : given;
  }

  private static String origin(Class<?> needed) {
    CodeSource source = needed.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException | RuntimeException e) {
      throw new InternalFault("where " + needed.getName() + " was loaded from is unknown;"
          + " set -Danswerprint.sandbox.classpath to the jars of media, frames, faults, javacpp and ffmpeg", e);
    }
  }

  /** Folders of the natives, which this process unpacks so that the child never writes. */
  static String nativeFolders() {
    Set<String> folders = new LinkedHashSet<>();
    for (Class<?> library : List.<Class<?>>of(avutil.class, swresample.class, avcodec.class, avformat.class,
        swscale.class)) {
      folders.add(Path.of(Loader.load(library)).getParent().toString());
    }
    Loader.getLoadedLibraries().values().forEach(path -> folders.add(new File(path).getParent()));
    return String.join(File.pathSeparator, folders);
  }

  private static String cacheFolder() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException e) {
      throw new InternalFault("the folder of unpacked natives is not usable; set -Dorg.bytedeco.javacpp.cachedir", e);
    }
  }

  static Path emptyFolder() {
    try {
      return Files.createTempDirectory("answerprint-decoder");
    } catch (IOException e) {
      throw new InternalFault("no temporary folder could be made for a decoder; check the disk", e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // a folder left behind harms nobody
    }
  }
}
