package org.answerprint.handles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.answerprint.faults.TransientFault;

/** A local file as a {@link ByteRange}. */
final class FileRange implements ByteRange {

  private final Path path;
  private final FileChannel channel;

  FileRange(Path path) {
    this.path = path;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw fault("opened", e);
    }
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw fault("measured", e);
    }
  }

  @Override
  public byte[] read(long offset, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new IOException("ends after " + (offset + buffer.position()) + " bytes");
        }
      }
    } catch (IOException e) {
      throw fault("read", e);
    }
    return buffer.array();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw fault("closed", e);
    }
  }

  private TransientFault fault(String verb, IOException cause) {
    return new TransientFault(
        "the handle pack " + path + " could not be " + verb + " (" + cause + "): see to the disk and try again", cause);
  }
}
