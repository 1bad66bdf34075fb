package org.answerprint.media;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;

/** Reads a segment's packets in decoding order, and checks that the file is whole. */
final class SegmentReader implements AutoCloseable {

  private final Path file;
  private final CRC32 sum = new CRC32();
  private final DataInputStream in;
  private final CodedHeader header;
  private long packets;

  SegmentReader(Path file) {
    this.file = file;
    try {
      in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16),
          sum));
      if (in.readLong() != SegmentFile.MAGIC) {
        throw new InternalFault(file + " is not a segment of this version");
      }
      header = CodedHeader.read(in);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  CodedHeader header() {
    return header;
  }

  Optional<CodedPacket> next() {
    try {
      if (in.readByte() == SegmentFile.PACKET) {
        packets++;
        long pts = in.readLong();
        long duration = in.readLong();
        boolean key = in.readBoolean();
        int length = in.readInt();
        if (length < 0 || length > SegmentFile.MOST_PACKET_BYTES) {
          throw new InternalFault("the segment " + file + " is damaged at packet " + packets);
        }
        byte[] data = new byte[length];
        in.readFully(data);
        return Optional.of(new CodedPacket(pts, duration, key, data));
      }
      long count = in.readLong();
      long computed = sum.getValue();
      if (count != packets || in.readLong() != computed) {
        throw new InternalFault("the segment " + file + " is damaged: its checksum does not fit");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private TransientFault failed(IOException e) {
    return new TransientFault("reading the segment " + file + " failed (" + e + "); fetch it again", e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
