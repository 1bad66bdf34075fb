package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class AacFeedTest {

  private static final int RATE = 48_000;
  private static final int HOUR = 3600;
  private static final int BLOCK = 1024;

  @Test
  void aGapOfAnHourIsEncodedPacketByPacketAsItIsAskedFor() {
    Stretches stretches = new Stretches(0, (long) HOUR * RATE);
    try (AacFeed feed = new AacFeed(stretches, RATE, 1, 8 * HOUR)) {
      long first = feed.next().orElseThrow().pts();
      for (int i = 1; i < 20; i++) {
        assertThat(feed.next().orElseThrow().pts()).isEqualTo(first + (long) i * BLOCK);
      }
      assertThat(stretches.left).as("what lies behind the gap is known, and nothing behind that was asked for").hasSize(1);
    }
  }

  @Test
  void silenceFillsAGapToTheSample() {
    try (AacFeed feed = new AacFeed(new Stretches(0, 10 * BLOCK + 300), RATE, 1)) {
      int packets = 0;
      for (Optional<AudioPacket> next = feed.next(); next.isPresent(); next = feed.next()) {
        packets++;
      }
      assertThat(packets).as("eleven blocks and 300 samples, and one packet of priming").isEqualTo(13);
    }
  }

  @Test
  void soundThatSpansLongerThanAFilmMayIsRefused() {
    try (AacFeed feed = new AacFeed(new Stretches(0, 100L * 24 * HOUR * RATE), RATE, 1, 8 * HOUR)) {
      assertThatThrownBy(() -> {
        while (feed.next().isPresent()) {
          // until it is seen how late the next sound is
        }
      }).isInstanceOf(RequestFault.class).hasMessageContaining("span more than 28800 s");
    }
  }

  /** A block of sound at each of these samples, and one more at the end of the last. */
  private static final class Stretches implements PcmReader {
    private final Queue<PcmChunk> left = new ArrayDeque<>();

    Stretches(long first, long second) {
      for (long at : List.of(first, second)) {
        left.add(new PcmChunk(at, new float[BLOCK]));
      }
      left.add(new PcmChunk(second + BLOCK, new float[0]));
    }

    @Override
    public Optional<PcmChunk> next() {
      return Optional.ofNullable(left.poll());
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
