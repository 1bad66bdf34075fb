package org.answerprint.media;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/**
 * Encodes frames to one segment file: a closed group of pictures that joins with any other segment of equal settings.
 * Times are kept exactly, and the same frames give the same bytes. Not thread-safe.
 */
public final class SegmentWriter implements FrameSink, AutoCloseable {

  private final Path file;
  private final CRC32 sum = new CRC32();
  private final DataOutputStream out;
  private final PictureEncoder encoder;
  private long frames;
  private long coded;
  private long firstPts;
  private long lastPts;
  private long endPts;
  private boolean finished;

  private SegmentWriter(Path file, EncoderSettings settings) throws IOException {
    this.file = file;
    this.encoder = new PictureEncoder(settings, this::write);
    this.out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file),
        1 << 16), sum));
    out.writeLong(SegmentFile.MAGIC);
    encoder.header().write(out);
  }

  /** Starts a segment file; replaces one that is there. */
  public static SegmentWriter create(Path file, EncoderSettings settings) {
    try {
      return new SegmentWriter(file, settings);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Encodes one frame of the settings' size. Any pixel format is taken; others than the settings' are converted by the
   * settings' matrix and range.
   *
   * @throws IllegalArgumentException where the size is another, or the pts is not behind the last one
   */
  @Override
  public void put(RawFrame frame) {
    encoder.put(frame);
    firstPts = frames == 0 ? frame.pts() : firstPts;
    lastPts = frame.pts();
    endPts = frame.pts() + frame.duration();
    frames++;
  }

  /** Completes the file. */
  public SegmentInfo finish() {
    encoder.finish();
    try {
      out.writeByte(SegmentFile.END);
      out.writeLong(coded);
      out.writeLong(sum.getValue());
      out.close();
      finished = true;
      return new SegmentInfo(frames, firstPts, lastPts, endPts, Files.size(file));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void write(CodedPacket packet) {
    try {
      out.writeByte(SegmentFile.PACKET);
      out.writeLong(packet.pts());
      out.writeLong(packet.duration());
      out.writeBoolean(packet.key());
      out.writeInt(packet.data().length);
      out.write(packet.data());
      coded++;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static TransientFault failed(Path file, IOException e) {
    return new TransientFault("writing the segment " + file + " failed (" + e.getMessage() + "); check the disk", e);
  }

  /** Releases the encoder; without {@link #finish} deletes the partial file. */
  @Override
  public void close() {
    encoder.close();
    try {
      out.close();
      if (!finished) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
