package org.answerprint.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSliceTest {

  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("file"), "0123456789");
  }

  @Test
  void endsWhereThePartEnds() throws IOException {
    try (InputStream slice = FileSlice.open(file, 3, 4)) {
      assertThat(slice.readAllBytes()).isEqualTo("3456".getBytes(US_ASCII));
      assertThat(slice.read()).isEqualTo(-1);
    }
  }

  @Test
  void skippingCountsAsReading() throws IOException {
    try (InputStream slice = FileSlice.open(file, 3, 4)) {
      assertThat(slice.available()).isLessThanOrEqualTo(4);
      assertThat(slice.skip(3)).isEqualTo(3);
      assertThat(slice.read()).isEqualTo('6');
      assertThat(slice.skip(3)).isZero();
      assertThat(slice.available()).isZero();
      assertThat(slice.read()).isEqualTo(-1);
    }
  }
}
