package org.answerprint.media.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignOfLifeTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @Test
  void aSignIsGivenAtOnceAndThenTenTimesWithinTheSilenceThatKills() {
    SignOfLife sign = new SignOfLife(new DataOutputStream(sent), Duration.ofSeconds(10));
    long start = Long.MAX_VALUE - Duration.ofMillis(4321).toNanos();
    for (int millis = 0; millis <= 10_000; millis++) {
      sign.give(start + Duration.ofMillis(millis).toNanos());
    }
    assertThat(sent.toByteArray()).hasSize(11).containsOnly(Message.ALIVE);
  }
}
