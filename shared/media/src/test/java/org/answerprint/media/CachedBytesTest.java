package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.answerprint.faults.TransientFault;
import org.junit.jupiter.api.Test;

class CachedBytesTest {

  private static final class Counted implements ByteSource {
    private final byte[] data = new byte[10_007];
    private final Set<Integer> memory = new HashSet<>();
    private int reads;
    private boolean closed;

    Counted() {
      new Random(1).nextBytes(data);
    }

    @Override
    public long size() {
      return data.length;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      reads++;
      memory.add(System.identityHashCode(into));
      int count = (int) Math.min(length, data.length - position);
      System.arraycopy(data, (int) position, into, offset, count);
      return count;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void givesTheSourcesBytesAtAnyPlace() {
    Counted source = new Counted();
    CachedBytes cached = CachedBytes.of(source, 1000, 3);
    Random random = new Random(2);
    byte[] into = new byte[700];
    for (int i = 0; i < 500; i++) {
      int position = random.nextInt(source.data.length);
      int count = cached.read(position, into, 3, 1 + random.nextInt(600));
      assertThat(count).isPositive();
      for (int k = 0; k < count; k++) {
        assertThat(into[3 + k]).isEqualTo(source.data[position + k]);
      }
    }
    assertThat(cached.read(source.data.length, into, 0, 5)).isEqualTo(-1);
  }

  @Test
  void asksOnceForABlockThatIsReadInPieces() {
    Counted source = new Counted();
    try (CachedBytes cached = CachedBytes.of(source, 1000, 3)) {
      byte[] into = new byte[10];
      for (int position = 0; position < 2000; position += 10) {
        cached.read(position, into, 0, 10);
      }
      assertThat(source.reads).isEqualTo(2);
    }
    assertThat(source.closed).isTrue();
  }

  @Test
  void aWholeFilmGoesThroughTheMemoryOfAFewBlocks() {
    Counted source = new Counted();
    CachedBytes cached = CachedBytes.of(source, 100, 3);
    byte[] into = new byte[100];
    for (int position = 0; position < source.data.length; position += 100) {
      cached.read(position, into, 0, 100);
    }
    assertThat(source.reads).isEqualTo(101);
    assertThat(source.memory).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aBlockThatCouldNotBeReadIsAskedForAgain() {
    Counted source = new Counted();
    int[] left = {1};
    CachedBytes cached = CachedBytes.of(new FlakyBytes(source, left, new TransientFault("away")), 100, 1);
    byte[] into = new byte[100];
    cached.read(0, into, 0, 100);
    assertThatThrownBy(() -> cached.read(100, into, 0, 100)).hasMessage("away");
    left[0] = 1;
    assertThat(cached.read(100, into, 0, 100)).isEqualTo(100);
    assertThat(into).isEqualTo(Arrays.copyOfRange(source.data, 100, 200));
  }
}
