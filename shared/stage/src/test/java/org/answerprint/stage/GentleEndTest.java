package org.answerprint.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GentleEndTest {

  private final CompletableFuture<Integer> halted = new CompletableFuture<>();
  private final GentleEnd end = new GentleEnd(halted::complete);

  @Test
  void aLaterReasonWithLessPatienceIsNotWaitedForLonger() throws Exception {
    end.begin(Duration.ofMinutes(10));
    end.begin(Duration.ofMillis(1));
    assertThat(halted.get(1, TimeUnit.MINUTES)).isEqualTo(GentleEnd.AGAIN);
  }

  @Test
  void aLaterReasonWithMorePatienceProlongsNothing() throws Exception {
    end.begin(Duration.ofMillis(1));
    end.begin(Duration.ofMinutes(10));
    assertThat(halted.get(1, TimeUnit.MINUTES)).isEqualTo(GentleEnd.AGAIN);
  }
}
