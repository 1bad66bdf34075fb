package org.answerprint.media.sandbox;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.answerprint.media.ByteSource;

/** The parent's bytes, asked for over the pipe. */
final class RemoteBytes implements ByteSource {

  private final FromParent in;
  private final DataOutputStream out;
  private final long size;

  RemoteBytes(FromParent in, DataOutputStream out, long size) {
    this.in = in;
    this.out = out;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    try {
      out.writeByte(Message.BYTES);
      out.writeLong(position);
      out.writeInt(length);
      out.flush();
      if (in.kind() != Message.DATA) {
        throw new IOException("the parent sent something else than bytes");
      }
      int count = in.fields().readInt();
      if (count > 0) {
        in.fields().readFully(into, offset, count);
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // the pipe belongs to the process
  }
}
