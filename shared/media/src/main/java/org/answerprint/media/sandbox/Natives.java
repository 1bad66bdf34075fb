package org.answerprint.media.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      LIBRARIES.forEach(Loader::load);
      Collection<String> loaded = Loader.getLoadedLibraries().values();
      found = ORDER.stream().flatMap(name -> named(name, loaded)).collect(Collectors.joining(File.pathSeparator));
    }
    return found;
  }

  /** A copy for a second class loader has a number in its name. */
  private static Stream<String> named(String name, Collection<String> loaded) {
    Pattern file = Pattern.compile("lib" + name + "\\d*\\.so[.\\d]*");
    return loaded.stream().filter(path -> file.matcher(Path.of(path).getFileName().toString()).matches()).limit(1);
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
