package org.answerprint.pictures;

import java.util.List;
import java.util.stream.LongStream;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.Material;
import org.answerprint.toybox.Pattern;
import org.answerprint.toybox.Place;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;
import org.answerprint.toybox.ToyColour;

/** Edits whose true outcome is known: a scene, and the same scene with one attribute changed. */
record ToyEdits(List<Edit> edits) {

  /** What was changed, and both pictures at a film's size. */
  record Edit(String kind, Picture source, Picture truth) {}

  static ToyEdits of(long firstSeed, int count, int width, int height) {
    return new ToyEdits(LongStream.range(firstSeed, firstSeed + count).mapToObj(seed -> edit(seed, width, height)).toList());
  }

  private static Edit edit(long seed, int width, int height) {
    Scene scene = Scenes.random(seed);
    Attributes a = scene.attributes();
    return switch ((int) (seed % 4)) {
      case 0 -> edit("colour", scene, new Attributes(a.pattern(), next(a.colour(), ToyColour.values()), a.material(), a.shape(), a.motion(), a.place(), a.camera()), width, height);
      case 1 -> edit("material", scene, new Attributes(a.pattern(), a.colour(), next(a.material(), Material.values()), a.shape(), a.motion(), a.place(), a.camera()), width, height);
      case 2 -> edit("pattern", scene, new Attributes(next(a.pattern(), Pattern.values()), a.colour(), a.material(), a.shape(), a.motion(), a.place(), a.camera()), width, height);
      default -> edit("place", scene, new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), a.motion(), next(a.place(), Place.values()), a.camera()), width, height);
    };
  }

  private static <E extends Enum<E>> E next(E value, E[] values) {
    return values[(value.ordinal() + 1) % values.length];
  }

  private static Edit edit(String kind, Scene scene, Attributes wanted, int width, int height) {
    return new Edit(kind, render(scene, width, height), render(scene.with(wanted), width, height));
  }

  private static Picture render(Scene scene, int width, int height) {
    return Picture.of(Renderer.serial().render(scene, 3, 8, width, height).rgb(), width, height);
  }

  /** Peak signal to noise ratio of pictures from -1 to 1, in decibels. */
  static double psnr(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.planes().length; i++) {
      double difference = Math.clamp(a.planes()[i], -1, 1) - Math.clamp(b.planes()[i], -1, 1);
      sum += difference * difference;
    }
    return 10 * Math.log10(4 / (sum / a.planes().length));
  }
}
