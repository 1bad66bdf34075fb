package org.answerprint.judges;

import java.util.random.RandomGenerator;
import org.answerprint.pictures.Picture;

/**
 * What pictures go through before they are judged, without any generator: a little softness and noise, differently for each.
 * Judges learn from worn pictures, so that they see through an encoder's losses.
 */
final class Wear {

  /** Of the whole range of values, 2: a deviation of up to 4 %. */
  private static final double MOST_NOISE = 0.08;

  private Wear() {}

  /** Half of the pictures are softened, by a random share of a 3x3 binomial blur; all are given noise. */
  static Picture worn(Picture picture, RandomGenerator random) {
    float[] planes = random.nextBoolean() ? softened(picture, random.nextFloat()) : picture.planes().clone();
    double deviation = MOST_NOISE * random.nextDouble();
    for (int i = 0; i < planes.length; i++) {
      planes[i] += (float) (deviation * random.nextGaussian());
    }
    return new Picture(picture.width(), picture.height(), planes);
  }

  private static float[] softened(Picture picture, float share) {
    int width = picture.width();
    float[] across = blurred(picture.planes(), 1, width);
    float[] both = blurred(across, width, picture.height());
    for (int i = 0; i < both.length; i++) {
      both[i] = picture.planes()[i] + share * (both[i] - picture.planes()[i]);
    }
    return both;
  }

  /** A quarter of either neighbour along an axis whose elements lie so far apart; edges are repeated. */
  private static float[] blurred(float[] planes, int stride, int length) {
    float[] result = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      int place = i / stride % length;
      float before = planes[place == 0 ? i : i - stride];
      float after = planes[place == length - 1 ? i : i + stride];
      result[i] = planes[i] / 2 + (before + after) / 4;
    }
    return result;
  }
}
