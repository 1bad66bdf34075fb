package org.answerprint.frames;

/**
 * How the samples of a {@link RawFrame} lie in memory. Planes follow each other without padding; chroma planes of the
 * 4:2:0 formats are {@code ceil(width/2) x ceil(height/2)}; samples deeper than 8 bits take two bytes, little endian.
 */
public enum PixelFormat {
  /** One plane of luma, full range 0..255. */
  GRAY8("gray", 1, 8),
  /** Interleaved red, green, blue, full range 0..255. */
  RGB24("rgb24", 1, 8),
  /** Planar Y, U, V 4:2:0, 8 bits, in the matrix and range that the stream's {@link Colour} names. */
  YUV420P("yuv420p", 3, 8),
  /** Planar Y, U, V 4:2:0, 10 bits in 16-bit little endian words. */
  YUV420P10("yuv420p10le", 3, 10);

  private final String ffmpegName;
  private final int planes;
  private final int bitDepth;

  PixelFormat(String ffmpegName, int planes, int bitDepth) {
    this.ffmpegName = ffmpegName;
    this.planes = planes;
    this.bitDepth = bitDepth;
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

  /** Bytes one sample takes: 1 up to 8 bits, else 2. */
  public int bytesPerSample() {
    return bitDepth > 8 ? 2 : 1;
  }

  /** Samples in one row of a plane (three per pixel for {@link #RGB24}). */
  public int rowSamples(int plane, int width) {
    return this == RGB24 ? 3 * width : plane == 0 ? width : (width + 1) / 2;
  }

  /** Rows of a plane. */
  public int rows(int plane, int height) {
    return plane == 0 ? height : (height + 1) / 2;
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
