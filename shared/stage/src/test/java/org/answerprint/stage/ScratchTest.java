package org.answerprint.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  @TempDir
  Path folder;

  @Test
  void leavesNothingBehind() throws IOException {
    Path parent = folder.resolve("new").resolve("scratch");
    try (Scratch scratch = Scratch.in(parent)) {
      Files.createDirectories(scratch.file("deep").resolve("er"));
      Files.writeString(scratch.file("deep").resolve("er").resolve("file"), "x");
    }

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeMadeIsBrieflyUnwell() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> Scratch.in(file.resolve("below"))).isInstanceOf(TransientFault.class)
        .hasMessageContaining("file");
  }

  @Test
  void digestsAreThoseThatOthersCompute() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");

    assertThat(FileDigest.sha256(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void anObjectsBytesArePinnedToItsVersion() {
    MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
    store.put("test-in", "a", new byte[] {0, 1, 2, 3, 4}, "video/mp4");
    byte[] into = new byte[8];
    try (ObjectBytes bytes = new ObjectBytes(store, "test-in", "a", store.head("test-in", "a").orElseThrow().tag(),
        5)) {
      assertThat(bytes.size()).isEqualTo(5);
      assertThat(bytes.read(3, into, 1, 7)).isEqualTo(2);
      assertThat(into).startsWith(0, 3, 4, 0);
      assertThat(bytes.read(5, into, 0, 1)).isEqualTo(-1);
      store.put("test-in", "a", new byte[] {9, 9, 9, 9, 9}, "video/mp4");
      assertThatThrownBy(() -> bytes.read(0, into, 0, 1)).isInstanceOf(RequestFault.class);
    }
  }
}
