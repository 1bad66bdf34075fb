package org.answerprint.frames;

/**
 * How the samples of a {@link RawFrame} lie in memory. Planes follow each other without padding; a chroma plane that is
 * halved has {@code ceil(n / 2)} samples on that side; samples deeper than 8 bits take two bytes, little endian.
 */
public enum PixelFormat {
  /** One plane of luma, full range 0..255. */
  GRAY8("gray", 1, 8, 0, 0),
  /** Interleaved red, green, blue, full range 0..255. */
  RGB24("rgb24", 1, 8, 0, 0),
  /** Planar Y, U, V 4:2:0, 8 bits, in the matrix and range that the stream's {@link Colour} names. */
  YUV420P("yuv420p", 3, 8, 1, 1),
  /** Planar Y, U, V 4:2:0, 10 bits in 16-bit little endian words. */
  YUV420P10("yuv420p10le", 3, 10, 1, 1),
  /** Planar Y, U, V 4:2:2, 8 bits. */
  YUV422P("yuv422p", 3, 8, 1, 0),
  /** Planar Y, U, V 4:2:2, 10 bits in 16-bit little endian words. */
  YUV422P10("yuv422p10le", 3, 10, 1, 0),
  /** Planar Y, U, V 4:4:4, 8 bits. */
  YUV444P("yuv444p", 3, 8, 0, 0),
  /** Planar Y, U, V 4:4:4, 10 bits in 16-bit little endian words. */
  YUV444P10("yuv444p10le", 3, 10, 0, 0);

  private final String ffmpegName;
  private final int planes;
  private final int bitDepth;
  private final int chromaShiftX;
  private final int chromaShiftY;

  PixelFormat(String ffmpegName, int planes, int bitDepth, int chromaShiftX, int chromaShiftY) {
    this.ffmpegName = ffmpegName;
    this.planes = planes;
    this.bitDepth = bitDepth;
    this.chromaShiftX = chromaShiftX;
    this.chromaShiftY = chromaShiftY;
  }

  public String ffmpegName() {
    return ffmpegName;
  }

  public int planes() {
    return planes;
  }

  public int bitDepth() {
    return bitDepth;
  }

  /** Whether it holds Y, U and V, which mean what a {@link Colour} says. */
  public boolean yuv() {
    return planes == 3;
  }

  /** 1 where a row of chroma has half the samples of a row of luma, else 0. */
  public int chromaShiftX() {
    return chromaShiftX;
  }

  /** 1 where chroma has half the rows of luma, else 0. */
  public int chromaShiftY() {
    return chromaShiftY;
  }

  /** Bytes one sample takes: 1 up to 8 bits, else 2. */
  public int bytesPerSample() {
    return bitDepth > 8 ? 2 : 1;
  }

  /** Samples in one row of a plane (three per pixel for {@link #RGB24}). */
  public int rowSamples(int plane, int width) {
    return this == RGB24 ? 3 * width : plane == 0 ? width : halved(width, chromaShiftX);
  }

  /** Rows of a plane. */
  public int rows(int plane, int height) {
    return plane == 0 ? height : halved(height, chromaShiftY);
  }

  private static int halved(int length, int shift) {
    return length + shift >> shift;
  }

  /** Bytes of one plane. */
  public int planeBytes(int plane, int width, int height) {
    return Math.multiplyExact(rowSamples(plane, width) * bytesPerSample(), rows(plane, height));
  }

  /** Byte offset of a plane within a frame's data. */
  public int planeOffset(int plane, int width, int height) {
    int offset = 0;
    for (int p = 0; p < plane; p++) {
      offset += planeBytes(p, width, height);
    }
    return offset;
  }

  /** Bytes of a whole frame. */
  public int frameBytes(int width, int height) {
    return planeOffset(planes, width, height);
  }
}
