package org.answerprint.judges;

import java.util.List;
import org.answerprint.pictures.Picture;
import org.answerprint.training.Size;

/** Pictures as the judges have learnt to see them: of one of two sizes, one after another. */
final class Seen {

  /** The largest number of pictures in one call. */
  static final int AT_ONCE = 32;

  private Seen() {}

  /** That of the judges' sizes whose sides are to each other most nearly as a picture's. */
  static Size sizeFor(Picture picture) {
    double wanted = Math.log((double) picture.width() / picture.height());
    Size best = ToyboxJudges.SIZES.getFirst();
    for (Size size : ToyboxJudges.SIZES) {
      if (Math.abs(Math.log((double) size.width() / size.height()) - wanted)
          < Math.abs(Math.log((double) best.width() / best.height()) - wanted)) {
        best = size;
      }
    }
    return best;
  }

  /** {@code [B, 3, H, W]}. */
  static float[] planes(List<Picture> pictures, Size size) {
    int length = 3 * size.width() * size.height();
    float[] planes = new float[pictures.size() * length];
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      boolean fits = picture.width() == size.width() && picture.height() == size.height();
      Picture seen = fits ? picture : picture.resized(size.width(), size.height());
      System.arraycopy(seen.planes(), 0, planes, i * length, length);
    }
    return planes;
  }
}
