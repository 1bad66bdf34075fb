package org.answerprint.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Digests of files that all cores work on: the SHA-256 of the SHA-256s of a file's pieces of 64 MiB, the last piece
 * shorter, none for an empty file.
 */
final class Digests {

  private static final long PIECE = 64L << 20;
  private static final int BUFFER = 1 << 20;

  private Digests() {}

  /** What else becomes of the bytes that a digest is taken of. */
  private interface Use {
    void of(ByteBuffer bytes, long position) throws IOException;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** In lower-case hexadecimal. */
  static String ofFile(Path file) throws IOException {
    try (FileChannel from = FileChannel.open(file)) {
      return of(from, (bytes, position) -> {});
    }
  }

  /**
   * Copies a file, and gives the digest of what was copied; every byte is read once.
   *
   * @param copy where to, which is not there yet; when this returns, it is on the disk
   */
  static String ofCopy(Path file, Path copy) throws IOException {
    try (FileChannel from = FileChannel.open(file);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      String digest = of(from, (bytes, position) -> write(to, bytes, position));
      to.force(true);
      return digest;
    }
  }

  private static void write(FileChannel to, ByteBuffer bytes, long position) throws IOException {
    for (int begin = bytes.position(); bytes.hasRemaining();) {
      to.write(bytes, position + bytes.position() - begin);
    }
  }

  private static String of(FileChannel channel, Use use) throws IOException {
    try {
      long size = channel.size();
      List<byte[]> pieces = LongStream.range(0, Math.ceilDiv(size, PIECE)).parallel()
          .mapToObj(piece -> ofPiece(channel, piece * PIECE, Math.min(PIECE, size - piece * PIECE), use))
          .toList();
      MessageDigest whole = sha256();
      pieces.forEach(whole::update);
      return HexFormat.of().formatHex(whole.digest());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static byte[] ofPiece(FileChannel channel, long begin, long length, Use use) {
    MessageDigest sha256 = sha256();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, length));
    for (long done = 0; done < length; done += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
      try {
        if (channel.read(buffer, begin + done) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
        buffer.flip();
        sha256.update(buffer.array(), 0, buffer.limit());
        use.of(buffer, begin + done);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sha256.digest();
  }
}
