package org.answerprint.report;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a PNG file of 8-bit red, green and blue as its rows come, so that a tall picture is never in memory as a whole.
 * The same rows give the same bytes. Not thread-safe.
 */
final class PngWriter implements AutoCloseable {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int LARGEST_CHUNK = 1 << 16;
  private static final int SAMPLES = 3;

  private final DataOutputStream out;
  private final int width;
  private final int height;
  private final Deflater deflater = new Deflater(6);
  private final byte[] chunk = new byte[LARGEST_CHUNK];
  private byte[] above;
  private byte[] row;
  private int filled;
  private int rows;

  /** Begins a file; the stream stays open, its owner closes it. */
  PngWriter(OutputStream out, int width, int height) throws IOException {
    this.out = new DataOutputStream(out);
    this.width = width;
    this.height = height;
    this.above = new byte[SAMPLES * width];
    this.row = new byte[SAMPLES * width];
    this.out.writeLong(SIGNATURE);
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0}).array();
    chunk("IHDR", header, header.length);
  }

  /** Appends all rows of a canvas as wide as the picture. */
  void append(Canvas canvas) throws IOException {
    if (canvas.width() != width || rows + canvas.height() > height) {
      throw new IllegalArgumentException("a picture of " + width + "x" + height + " with " + rows + " rows cannot take "
          + canvas.width() + "x" + canvas.height() + " more");
    }
    for (int y = 0; y < canvas.height(); y++) {
      unpack(canvas.pixels(), y * width);
      deflater.setInput(filtered());
      drain();
      byte[] used = above;
      above = row;
      row = used;
    }
    rows += canvas.height();
  }

  /** Completes the file. */
  void finish() throws IOException {
    if (rows != height) {
      throw new IllegalStateException("a picture of " + height + " rows was given " + rows);
    }
    deflater.finish();
    drain();
    chunk("IDAT", chunk, filled);
    chunk("IEND", chunk, 0);
    out.flush();
  }

  @Override
  public void close() {
    deflater.end();
  }

  private void unpack(int[] pixels, int from) {
    for (int x = 0; x < width; x++) {
      int pixel = pixels[from + x];
      row[SAMPLES * x] = (byte) (pixel >> 16);
      row[SAMPLES * x + 1] = (byte) (pixel >> 8);
      row[SAMPLES * x + 2] = (byte) pixel;
    }
  }

  /** The row as differences to its neighbours, by whichever of the four filters leaves least. */
  private byte[] filtered() {
    byte[] best = new byte[0];
    long least = Long.MAX_VALUE;
    for (int filter = 1; filter <= 4 && least > 0; filter++) {
      byte[] tried = filtered(filter);
      long size = 0;
      for (int i = 1; i < tried.length; i++) {
        size += Math.abs(tried[i]);
      }
      if (size < least) {
        least = size;
        best = tried;
      }
    }
    return best;
  }

  private byte[] filtered(int filter) {
    var result = new byte[row.length + 1];
    result[0] = (byte) filter;
    for (int i = 0; i < row.length; i++) {
      int left = i < SAMPLES ? 0 : row[i - SAMPLES] & 255;
      int up = above[i] & 255;
      int corner = i < SAMPLES ? 0 : above[i - SAMPLES] & 255;
      int guess = switch (filter) {
        case 1 -> left;
        case 2 -> up;
        case 3 -> (left + up) / 2;
        default -> nearest(left, up, corner);
      };
      result[i + 1] = (byte) (row[i] - guess);
    }
    return result;
  }

  /** Paeth's choice: the neighbour nearest to left + up - corner. */
  private static int nearest(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }

  private void drain() throws IOException {
    int count = deflater.deflate(chunk, filled, chunk.length - filled);
    while (count > 0) {
      filled += count;
      if (filled == chunk.length) {
        chunk("IDAT", chunk, filled);
        filled = 0;
      }
      count = deflater.deflate(chunk, filled, chunk.length - filled);
    }
  }

  private void chunk(String type, byte[] data, int length) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var sum = new CRC32();
    sum.update(name);
    sum.update(data, 0, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, 0, length);
    out.writeInt((int) sum.getValue());
  }
}
