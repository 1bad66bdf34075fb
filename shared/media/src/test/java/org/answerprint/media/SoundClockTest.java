package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundClockTest {

  @TempDir Path folder;

  @Test
  void soundWhoseClockIsSetBackGoesOn() throws IOException {
    byte[] once;
    try (var stream = SoundClockTest.class.getResourceAsStream("/sound/ac3.ts")) {
      once = stream.readAllBytes();
    }
    byte[] twice = new byte[once.length * 2];
    System.arraycopy(once, 0, twice, 0, once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    List<Long> one = times(Files.write(folder.resolve("once.ts"), once));
    List<Long> two = times(Files.write(folder.resolve("twice.ts"), twice));
    assertThat(two).hasSizeGreaterThan(one.size()).isSorted().doesNotHaveDuplicates();
  }

  private static List<Long> times(Path file) {
    List<Long> times = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(FileBytes.open(file), Limits.STANDARD, sound(file))) {
      for (Optional<AudioPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
        times.add(next.get().pts());
      }
    }
    return times;
  }

  private static int sound(Path file) {
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      return film.info().defaultAudio().orElseThrow().stream();
    }
  }
}
