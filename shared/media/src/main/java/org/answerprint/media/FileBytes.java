package org.answerprint.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/** The bytes of a file on this machine. */
public final class FileBytes implements ByteSource {

  private final FileChannel channel;
  private final Path file;
  private final long size;

  private FileBytes(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /** Opens a file; a {@link RequestFault} where there is none. */
  public static FileBytes open(Path file) {
    try {
      return new FileBytes(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      throw new RequestFault("there is no file " + file + "; check the path", e);
    } catch (IOException e) {
      throw new RequestFault("the file " + file + " cannot be opened (" + e.getMessage()
          + "); check that it is readable", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    try {
      return channel.read(ByteBuffer.wrap(into, offset, length), position);
    } catch (IOException e) {
      throw new TransientFault("reading " + file + " failed (" + e.getMessage() + "); try again", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new TransientFault("closing " + file + " failed (" + e.getMessage() + ")", e);
    }
  }
}
