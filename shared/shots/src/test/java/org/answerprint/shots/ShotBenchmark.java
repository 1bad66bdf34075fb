package org.answerprint.shots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/**
 * Precision, recall and F1 of the detector on labelled films that went through x264, per form of change, and its speed.
 * Arguments: first seed, number of films, {@code chosen}, {@code unseen} or {@code all} kinds of content, a folder to
 * keep the films in, and {@code list} to hear of every error.
 */
final class ShotBenchmark {

  static final int SHOTS = 10;

  private ShotBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 9000;
    int films = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    String content = arguments.length > 2 ? arguments[2] : "all";
    Path folder = arguments.length > 3 ? Files.createDirectories(Path.of(arguments[3])) : Files.createTempDirectory("films");
    boolean list = arguments.length > 4;
    Score score = new Score();
    long frames = 0;
    long nanos = 0;
    for (long seed = first; seed < first + films; seed++) {
      SyntheticFilm film = film(seed, kinds(content));
      EncodedFilm encoded = EncodedFilm.of(film, seed, folder);
      long start = System.nanoTime();
      List<DetectedShot> shots = detect(encoded.timeBase(), encoded.frames());
      nanos += System.nanoTime() - start;
      frames += film.frames();
      String name = seed + " (" + film.rate() + " fps): ";
      Consumer<String> log = list ? line -> System.out.println(name + line) : line -> { };
      score.add(film, shots, log);
    }
    System.out.print(score.table());
    System.out.printf(Locale.ROOT, "%d frames, %.0f a second%n", frames, frames * 1e9 / nanos);
  }

  static List<Scenery.Kind> kinds(String content) {
    return switch (content) {
      case "chosen" -> Scenery.Kind.CHOSEN_ON;
      case "unseen" -> Scenery.Kind.HELD_OUT;
      default -> List.of(Scenery.Kind.values());
    };
  }

  /** A film with all forms of change, hard cuts and dissolves more often than their share. */
  static SyntheticFilm film(long seed, List<Scenery.Kind> kinds) {
    List<Join.Form> forms = new ArrayList<>(List.of(Join.Form.values()));
    for (int i = 0; i < 4; i++) {
      forms.addAll(List.of(Join.Form.CUT, Join.Form.DISSOLVE));
    }
    forms.addAll(List.of(Join.Form.SIMILAR, Join.Form.BLACK, Join.Form.SIDE));
    return new SyntheticFilm(seed, SHOTS, true, kinds, forms);
  }

  static List<DetectedShot> detect(TimeBase timeBase, List<RawFrame> frames) {
    List<DetectedShot> shots = new ArrayList<>();
    ShotDetector detector = new ShotDetector(timeBase, ShotOptions.defaults(), shots::add);
    frames.forEach(detector::put);
    detector.finish();
    return shots;
  }
}
