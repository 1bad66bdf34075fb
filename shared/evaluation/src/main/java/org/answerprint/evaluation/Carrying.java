package org.answerprint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.flow.Bilinear;
import org.answerprint.flow.DenseFlow;
import org.answerprint.flow.FlowField;
import org.answerprint.metrics.Luma;
import org.answerprint.pictures.Picture;

/**
 * A picture carried along a clip by optical flow: each frame asks, frame by frame back to the first, where its pixels come from.
 * What the first frame did not show comes from wherever the flow leads, which is what such methods are known to fail at.
 */
final class Carrying {

  private static final int COLOURS = 3;

  private Carrying() {}

  /** As many pictures as the source has frames; the first is the given one. */
  static List<Picture> along(List<Picture> source, Picture first) {
    int width = first.width();
    int height = first.height();
    float[] x = new float[width * height];
    float[] y = new float[width * height];
    for (int p = 0; p < x.length; p++) {
      x[p] = p % width;
      y[p] = p / width;
    }
    List<Picture> carried = new ArrayList<>(List.of(first));
    try (DenseFlow dense = new DenseFlow()) {
      for (int i = 1; i < source.size(); i++) {
        FlowField back = dense.flow(Luma.of(source.get(i)), Luma.of(source.get(i - 1)), width, height);
        float[] nextX = new float[x.length];
        float[] nextY = new float[y.length];
        for (int p = 0; p < x.length; p++) {
          float px = p % width + back.dx()[p];
          float py = p / width + back.dy()[p];
          nextX[p] = Bilinear.sample(x, 0, width, height, px, py);
          nextY[p] = Bilinear.sample(y, 0, width, height, px, py);
        }
        x = nextX;
        y = nextY;
        carried.add(sampled(first, x, y));
      }
    }
    return carried;
  }

  private static Picture sampled(Picture picture, float[] x, float[] y) {
    int pixels = x.length;
    float[] planes = new float[COLOURS * pixels];
    for (int c = 0; c < COLOURS; c++) {
      for (int p = 0; p < pixels; p++) {
        planes[c * pixels + p] = Bilinear.sample(picture.planes(), c * pixels, picture.width(), picture.height(), x[p], y[p]);
      }
    }
    return new Picture(picture.width(), picture.height(), planes);
  }
}
