package org.answerprint.training;

import java.util.SplittableRandom;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Rendering;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;

/**
 * One picture of the Toybox with what is known of it. Pictures to learn from and held-out ones come from scenes that no seed
 * shares: the seeds of the former are not negative, those of the latter are.
 *
 * @param scene that it shows
 * @param moment of the scene's clip, from 0 to 1
 * @param picture red, green and blue
 * @param nearness inverse distances of all pixels {@code [height, width]}: 0 for the sky
 */
public record ToyPicture(Scene scene, double moment, Picture picture, float[] nearness) {

  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  /** The picture of a number among those to learn from; half of them are mirrored. */
  public static ToyPicture toLearnFrom(long seed, long number, int width, int height) {
    SplittableRandom random = new SplittableRandom(seed + STRIDE * (number + 1));
    Scene scene = Scenes.random(random.nextLong() & Long.MAX_VALUE);
    ToyPicture drawn = of(scene, random.nextDouble(), width, height);
    return random.nextBoolean() ? drawn.mirrored() : drawn;
  }

  /** The picture of a number among those that nothing is learnt from. */
  public static ToyPicture heldOut(long number, int width, int height) {
    SplittableRandom random = new SplittableRandom(STRIDE * (number + 1));
    return of(Scenes.random(random.nextLong() | Long.MIN_VALUE), random.nextDouble(), width, height);
  }

  /** A moment of a scene. */
  public static ToyPicture of(Scene scene, double moment, int width, int height) {
    Rendering rendering = Renderer.serial().render(scene, moment, width, height);
    float[] nearness = new float[width * height];
    for (int i = 0; i < nearness.length; i++) {
      nearness[i] = 1 / rendering.depth()[i];
    }
    return new ToyPicture(scene, moment, Picture.of(rendering.rgb(), width, height), nearness);
  }

  private ToyPicture mirrored() {
    int width = picture.width();
    return new ToyPicture(scene, moment, new Picture(width, picture.height(), mirrored(picture.planes(), width)), mirrored(nearness, width));
  }

  private static float[] mirrored(float[] maps, int width) {
    float[] result = new float[maps.length];
    for (int i = 0; i < maps.length; i++) {
      int column = i % width;
      result[i] = maps[i - column + width - 1 - column];
    }
    return result;
  }

  /** Nearness averaged over squares of so many pixels: {@code [height / side, width / side]}. */
  public float[] nearness(int side) {
    int width = picture.width() / side;
    int height = picture.height() / side;
    float[] means = new float[width * height];
    for (int y = 0; y < height * side; y++) {
      for (int x = 0; x < width * side; x++) {
        means[y / side * width + x / side] += nearness[y * picture.width() + x] / (side * side);
      }
    }
    return means;
  }
}
