package org.answerprint.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** In lower-case hexadecimal. */
  static String ofFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      List<byte[]> pieces = LongStream.range(0, Math.ceilDiv(size, PIECE)).parallel()
          .mapToObj(piece -> ofPiece(channel, piece * PIECE, Math.min(PIECE, size - piece * PIECE)))
          .toList();
      MessageDigest whole = sha256();
      pieces.forEach(whole::update);
      return HexFormat.of().formatHex(whole.digest());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static byte[] ofPiece(FileChannel channel, long begin, long length) {
    MessageDigest sha256 = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long done = 0; done < length; done += buffer.position()) {
      buffer.clear().limit((int) Math.min(BUFFER, length - done));
      try {
        if (channel.read(buffer, begin + done) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      sha256.update(buffer.array(), 0, buffer.position());
    }
    return sha256.digest();
  }
}
