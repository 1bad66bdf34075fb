package org.answerprint.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {

  @TempDir
  Path folder;

  @Test
  void isTheDigestOfTheDigestsOfPieces() throws IOException {
    byte[] content = {1, 2, 3};
    assertThat(Digests.ofFile(Files.write(folder.resolve("small"), content)))
        .isEqualTo(hex(Digests.sha256().digest(Digests.sha256().digest(content))));
    assertThat(Digests.ofFile(Files.write(folder.resolve("empty"), new byte[0])))
        .isEqualTo(hex(Digests.sha256().digest()));
  }

  @Test
  void coversEveryPieceOfALargeFile() throws IOException {
    Path file = folder.resolve("large");
    byte[] tail = new byte[1000];
    tail[999] = 7;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(64L << 20);
      sparse.write(tail);
    }
    MessageDigest whole = Digests.sha256();
    whole.update(Digests.sha256().digest(new byte[64 << 20]));
    whole.update(Digests.sha256().digest(tail));
    assertThat(Digests.ofFile(file)).isEqualTo(hex(whole.digest()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
