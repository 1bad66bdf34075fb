package org.answerprint.flow;

import java.nio.FloatBuffer;
import org.answerprint.faults.InternalFault;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/**
 * Dense optical flow of two luma pictures, by OpenCV's DIS at its medium preset on one thread: the same pictures give
 * the same flow. Holds native memory until it is closed. Not thread-safe; use one per thread.
 */
public final class DenseFlow implements AutoCloseable {

  private static final int SMALLEST = 32;

  private final DISOpticalFlow dis;

  public DenseFlow() {
    opencv_core.setNumThreads(1);
    dis = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
  }

  /**
   * Finds where each pixel of one picture lies in another. Pictures below 32 pixels on a side are enlarged for the
   * search by repeating their edges.
   *
   * @param from 8-bit luma, row by row, {@code width * height} bytes
   * @param to of the same size
   */
  public FlowField flow(byte[] from, byte[] to, int width, int height) {
    if (from.length != width * height || to.length != width * height) {
      throw new InternalFault("flow needs two pictures of %dx%d bytes, not of %d and %d bytes"
          .formatted(width, height, from.length, to.length));
    }
    int w = Math.max(width, SMALLEST);
    int h = Math.max(height, SMALLEST);
    try (BytePointer a = new BytePointer(padded(from, width, height, w, h));
        BytePointer b = new BytePointer(padded(to, width, height, w, h));
        Mat first = new Mat(h, w, opencv_core.CV_8UC1, a);
        Mat second = new Mat(h, w, opencv_core.CV_8UC1, b);
        Mat flow = new Mat()) {
      dis.calc(first, second, flow);
      return read(flow, w, width, height);
    }
  }

  @Override
  public void close() {
    dis.close();
  }

  private static byte[] padded(byte[] picture, int width, int height, int w, int h) {
    if (w == width && h == height) {
      return picture;
    }
    byte[] out = new byte[w * h];
    for (int y = 0; y < h; y++) {
      int row = Math.min(y, height - 1) * width;
      for (int x = 0; x < w; x++) {
        out[y * w + x] = picture[row + Math.min(x, width - 1)];
      }
    }
    return out;
  }

  private static FlowField read(Mat flow, int stride, int width, int height) {
    FloatBuffer vectors = flow.createBuffer();
    float[] dx = new float[width * height];
    float[] dy = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        dx[y * width + x] = vectors.get(2 * (y * stride + x));
        dy[y * width + x] = vectors.get(2 * (y * stride + x) + 1);
      }
    }
    return new FlowField(width, height, dx, dy);
  }
}
