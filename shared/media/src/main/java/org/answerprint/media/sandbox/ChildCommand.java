package org.answerprint.media.sandbox;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSource;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/**
 * How a decoding child is started: a small JVM with the few jars it needs and the natives this process has unpacked.
 * The system property {@code answerprint.sandbox.classpath} replaces the class path where it cannot be found out.
 */
final class ChildCommand {

  private static final List<Class<?>> NEEDED =
      List.of(SandboxMain.class, FrameSource.class, Fault.class, Loader.class, avutil.class);
  /** Shows what a child says on its error output, which may be a file, so that writing files is not limited then. */
  private static final boolean DEBUG = Boolean.getBoolean("answerprint.sandbox.debug");
  /** What a JVM reserves without touching it. */
  private static final int RESERVED_MEGABYTES = 2048;

  private ChildCommand() {
  }

  /** {@code memory} is the path of what pictures are put into, or empty. */
  static ProcessBuilder decoder(SandboxSettings settings, String memory) {
    return of(settings, SandboxMain.class, Long.toString(ProcessHandle.current().pid()), memory);
  }

  /** A JVM with the limits, options and class path of a decoder and another main class. */
  static ProcessBuilder of(SandboxSettings settings, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limits(settings) + "exec \"$0\" \"$@\"", java()));
    command.addAll(options(settings));
    command.addAll(DecoderStart.options());
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.redirectError(DEBUG
        ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  /** Limits of the shell hold for what it becomes; the first line makes the kernel end decoders before anything else. */
  private static String limits(SandboxSettings settings) {
    long kilobytes = settings.memoryMegabytes() * 1024L;
    return "echo 1000 2>/dev/null >/proc/self/oom_score_adj; ulimit -c 0; " + (DEBUG ? "" : "ulimit -f 0; ") + "ulimit -H -t "
        + (settings.cpuSeconds() + 5) + "; ulimit -S -t " + settings.cpuSeconds() + "; ulimit -d " + kilobytes
        + "; ulimit -v " + (kilobytes + RESERVED_MEGABYTES * 1024L) + "; ";
  }

  /** A decoder without limits that keeps what it loads of classes in a file, which takes its place when it is whole. */
  static ProcessBuilder training(Path folder, Path cache) {
    Path made = folder.resolve("made.aot");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "folder=$1 made=$2 cache=$3; shift 3; "
        + "\"$@\" && mv -f \"$made\" \"$cache\"; rm -rf \"$folder\"", "sh", folder.toString(), made.toString(), cache.toString(), java()));
    command.addAll(options(SandboxSettings.STANDARD));
    // profiles would have the compiler busy at each start with what a decoder does a few times
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", "-XX:SharedBaseAddress=" + DecoderStart.anyAddress(),
        "-XX:AOTCacheOutput=" + made, "-Xlog:disable", "-cp", classPath(), SandboxTraining.class.getName(), folder.resolve("film.mp4").toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static List<String> options(SandboxSettings settings) {
    List<String> options = new ArrayList<>(List.of("-Xmx" + settings.heapMegabytes() + "m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+DisableAttachMechanism",
        "-XX:ReservedCodeCacheSize=48m", "-XX:CompressedClassSpaceSize=64m",
        "-XX:+SuppressFatalErrorMessage", "-XX:-UseContainerSupport", "-Xms8m", "-Xmn2m", "-XX:TrimNativeHeapInterval=1000", "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djava.io.tmpdir=/nowhere",
        "-Duser.home=/nowhere", "-Dorg.bytedeco.javacpp.nopointergc=true"));
    options.addAll(Natives.options());
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
}
