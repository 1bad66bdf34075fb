package org.answerprint.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a file as a stream. */
final class FileSlice extends FilterInputStream {

  private long left;

  private FileSlice(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  static InputStream open(Path file, long start, long length) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(file);
      channel.position(start);
      return new FileSlice(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int n = in.read(into, offset, (int) Math.min(length, left));
    left -= Math.max(n, 0);
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long n = in.skip(Math.clamp(count, 0, left));
    left -= n;
    return n;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
