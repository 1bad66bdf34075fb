package org.answerprint.pix2video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class CheckpointTest {

  private final byte[] stored = new Checkpoint(7, new float[] {1, -0f, Float.MIN_VALUE}).toBytes();

  @Test
  void comesBackToTheBit() {
    Checkpoint read = Checkpoint.of(stored);
    assertThat(read.done()).isEqualTo(7);
    assertThat(read.latents()).containsExactly(1, -0f, Float.MIN_VALUE);
    assertThat(read.toBytes()).containsExactly(stored);
  }

  @Test
  void isRefusedWhereItIsCutShortOrSomethingElse() {
    for (int length = 0; length < stored.length; length++) {
      byte[] part = Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> Checkpoint.of(part)).isInstanceOf(RequestFault.class).hasMessageContaining("no whole checkpoint");
    }
    for (int place : new int[] {0, 7, 11}) {
      byte[] wrong = stored.clone();
      wrong[place] = (byte) 0xff;
      assertThatThrownBy(() -> Checkpoint.of(wrong)).isInstanceOf(RequestFault.class);
    }
  }
}
