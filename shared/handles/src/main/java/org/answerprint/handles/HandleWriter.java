package org.answerprint.handles;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.RawFrame;

/**
 * Writes a pack frame by frame, holding one frame in memory. The file appears under its name, whole, with
 * {@link #finish()}; closing without it leaves nothing behind. The same frames give the same bytes. Not thread-safe.
 */
public final class HandleWriter implements AutoCloseable {

  private static final int ZSTD_LEVEL = 1;

  private final Path path;
  private final Path part;
  private final HandleHeader header;
  private final List<HandleEntry> entries = new ArrayList<>();
  private final byte[] filtered;
  private final byte[] packed;
  private final ZstdCompressCtx zstd;
  private final OutputStream out;
  private long position;
  private boolean finished;

  /**
   * Starts a pack beside {@code path}.
   *
   * @throws TransientFault where the file cannot be made
   */
  public HandleWriter(Path path, HandleHeader header) {
    this.path = path;
    this.header = header;
    part = path.resolveSibling(path.getFileName() + ".part");
    filtered = new byte[header.frameBytes()];
    packed = new byte[(int) Zstd.compressBound(filtered.length)];
    try {
      out = new BufferedOutputStream(Files.newOutputStream(part));
      append(PackLayout.prefix(), PackLayout.PREFIX_BYTES);
    } catch (IOException e) {
      throw fault(e);
    }
    zstd = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
  }

  /**
   * Appends a frame to one of the two groups; within a group frames come in order of time.
   *
   * @throws InternalFault where the frame is not of the header's format and size, or is not after the one before it
   * @throws TransientFault where the disk refuses
   */
  public void put(HandleGroup group, RawFrame frame) {
    check(group, frame);
    FrameFilter.apply(header, frame.data(), filtered);
    int length = zstd.compressByteArray(packed, 0, packed.length, filtered, 0, filtered.length);
    int checksum = PackLayout.crc(packed, 0, length);
    entries.add(new HandleEntry(group, frame.pts(), frame.duration(), position, length, checksum));
    try {
      append(packed, length);
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /**
   * Writes the index and gives the file its name, replacing any file of that name.
   *
   * @throws TransientFault where the disk refuses
   */
  public void finish() {
    byte[] index = new PackIndex(header, entries).bytes();
    byte[] trailer = PackLayout.trailer(position, index);
    try {
      append(index, index.length);
      append(trailer, trailer.length);
      out.close();
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw fault(e);
    }
    finished = true;
  }

  @Override
  public void close() {
    zstd.close();
    if (finished) {
      return;
    }
    try {
      try {
        out.close();
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private void append(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }

  private void check(HandleGroup group, RawFrame frame) {
    if (!header.fits(frame)) {
      throw new InternalFault(
          "a handle pack of %dx%d %s frames was given a frame of %dx%d %s: one shot has one geometry"
          .formatted(header.width(), header.height(), header.format(), frame.width(), frame.height(), frame.format()));
    }
    for (HandleEntry entry : entries) {
      if (entry.group() == group && entry.pts() >= frame.pts()) {
        throw new InternalFault("the %s frame at pts %d was put into a handle pack after the one at pts %d"
            .formatted(group, frame.pts(), entry.pts()));
      }
    }
  }

  private TransientFault fault(IOException cause) {
    return new TransientFault(
        "the handle pack " + path + " could not be written (" + cause + "): make room on the disk and try again",
        cause);
  }
}
