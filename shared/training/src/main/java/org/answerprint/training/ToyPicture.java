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
 * @param object how much of each pixel {@code [height, width]} shows the object, from 0 to 1
 */
public record ToyPicture(Scene scene, double moment, Picture picture, float[] nearness, float[] object) {

  private static final int LARGER = 2;
  private static final int ONE_IN = 3;

  /**
   * The picture of a number among those to learn from. Half of them are mirrored, and a third are drawn at twice the size and
   * brought down, as the frames of larger films are.
   */
  public static ToyPicture toLearnFrom(long seed, long number, int width, int height) {
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ number);
    Scene scene = Scenes.random(random.nextLong() & Long.MAX_VALUE);
    double moment = random.nextDouble();
    ToyPicture drawn = random.nextInt(ONE_IN) == 0 ? of(scene, moment, LARGER * width, LARGER * height).broughtDown()
        : of(scene, moment, width, height);
    return random.nextBoolean() ? drawn.mirrored() : drawn;
  }

  /** The picture of a number among those that nothing is learnt from. */
  public static ToyPicture heldOut(long number, int width, int height) {
    SplittableRandom random = new SplittableRandom(~number);
    return of(Scenes.random(random.nextLong() | Long.MIN_VALUE), random.nextDouble(), width, height);
  }

  /** A moment of a scene. */
  public static ToyPicture of(Scene scene, double moment, int width, int height) {
    Rendering rendering = Renderer.serial().render(scene, moment, width, height);
    float[] nearness = new float[width * height];
    for (int i = 0; i < nearness.length; i++) {
      nearness[i] = 1 / rendering.depth()[i];
    }
    boolean[] seen = Renderer.serial().objectMask(scene, moment, width, height);
    float[] object = new float[width * height];
    for (int i = 0; i < object.length; i++) {
      object[i] = seen[i] ? 1 : 0;
    }
    return new ToyPicture(scene, moment, Picture.of(rendering.rgb(), width, height), nearness, object);
  }

  private ToyPicture broughtDown() {
    return new ToyPicture(scene, moment, picture.resized(picture.width() / LARGER, picture.height() / LARGER),
        nearness(LARGER), object(LARGER));
  }

  private ToyPicture mirrored() {
    int width = picture.width();
    return new ToyPicture(scene, moment, new Picture(width, picture.height(), mirrored(picture.planes(), width)),
        mirrored(nearness, width), mirrored(object, width));
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
    return averaged(nearness, side);
  }

  /** How much of squares of so many pixels shows the object: {@code [height / side, width / side]}. */
  public float[] object(int side) {
    return averaged(object, side);
  }

  private float[] averaged(float[] map, int side) {
    int width = picture.width() / side;
    int height = picture.height() / side;
    float[] means = new float[width * height];
    for (int y = 0; y < height * side; y++) {
      for (int x = 0; x < width * side; x++) {
        means[y / side * width + x / side] += map[y * picture.width() + x] / (side * side);
      }
    }
    return means;
  }
}
