package org.answerprint.media.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.answerprint.faults.InternalFault;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/**
 * The natives that decoding needs. JavaCPP works out anew in every process, from annotations, properties and folders, where they
 * are and what has to be loaded first, which takes half of a decoder's start; so the process that starts decoders tells them.
 */
final class Natives {

  private static final String PROPERTY = "answerprint.sandbox.natives";

  private static final List<Class<?>> LIBRARIES =
      List.of(avutil.class, swresample.class, avcodec.class, avformat.class, swscale.class);

  /** Each after those that it needs; the first three are not part of every build of FFmpeg. */
  private static final List<String> ORDER = List.of("drm", "va", "va-drm", "avutil", "swresample", "avcodec", "avformat", "swscale",
      "jnijavacpp", "jniavutil", "jniswresample", "jniavcodec", "jniavformat", "jniswscale");

  private static String found = "";

  private Natives() {
  }

  /** A JVM's options with which {@link #load} loads there what this process has unpacked. */
  static List<String> options() {
    return List.of("-Dorg.bytedeco.javacpp.loadLibraries=false", "-D" + PROPERTY + "=" + found());
  }

  private static synchronized String found() {
    if (found.isEmpty()) {
      Set<Path> folders = folders();
      found = ORDER.stream().flatMap(name -> named(name, folders)).collect(Collectors.joining(File.pathSeparator));
    }
    return found;
  }

  /** Where this process has unpacked them; it may have loaded copies, or left out what another class loader has loaded before. */
  private static Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    LIBRARIES.forEach(library -> folders.add(Path.of(Loader.load(library)).getParent()));
    Loader.getLoadedLibraries().values().forEach(path -> folders.add(Path.of(path).getParent()));
    return folders;
  }

  /** The file with a version in its name, where there is one: others are links to it. */
  private static Stream<String> named(String name, Set<Path> folders) {
    Pattern pattern = Pattern.compile("lib" + name + "\\.so[.\\d]*");
    return folders.stream().flatMap(Natives::files).map(Path::toString)
        .filter(file -> pattern.matcher(new File(file).getName()).matches()).max(Comparator.comparingInt(String::length)).stream();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new InternalFault("the folder of unpacked natives is not usable; set -Dorg.bytedeco.javacpp.cachedir", e);
    }
  }

  /** Loads them, by JavaCPP's own search where nobody has said which files they are. */
  @SuppressWarnings("restricted")
  static void load() {
    String files = System.getProperty(PROPERTY, "");
    if (files.isEmpty()) {
      LIBRARIES.forEach(Loader::load);
    } else {
      for (String file : files.split(File.pathSeparator)) {
        System.load(file);
      }
    }
  }
}
