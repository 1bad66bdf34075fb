package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class AtOnceTest {

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();

  private AtOnce.Bench bench() {
    open.incrementAndGet();
    opened.incrementAndGet();
    return open::decrementAndGet;
  }

  @Test
  void everyTurnIsTakenOnceAndEveryBenchIsClosed() {
    Set<Integer> taken = new ConcurrentSkipListSet<>();
    AtOnce.run(3, 50, this::bench, (_, i) -> assertThat(taken.add(i)).isTrue());
    assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    assertThat(open).hasValue(0);
    assertThat(opened).hasValue(3);
  }

  @Test
  void asManyTurnsAsThreadsGoOnTogether() {
    CountDownLatch together = new CountDownLatch(2);
    AtOnce.run(2, 2, this::bench, (_, _) -> {
      together.countDown();
      await(together);
    });
    assertThat(together.getCount()).isZero();
  }

  @Test
  void noTurnBeginsAfterOneHasFailed() {
    Set<Integer> taken = new ConcurrentSkipListSet<>();
    assertThatThrownBy(() -> AtOnce.run(1, 50, this::bench, (_, i) -> {
      taken.add(i);
      if (i == 3) {
        throw new RequestFault("no such model");
      }
    })).isInstanceOf(RequestFault.class).hasMessage("no such model");
    assertThat(taken).containsExactly(0, 1, 2, 3);
    assertThat(open).hasValue(0);
  }

  @Test
  void nothingToDoNeedsNoThread() {
    AtOnce.run(2, 0, this::bench, (_, _) -> { });
    assertThat(opened).hasValue(0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
