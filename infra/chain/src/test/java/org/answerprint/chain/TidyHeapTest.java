package org.answerprint.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;

/** In this virtual machine's own heap, by the serial collector. */
class TidyHeapTest {

  /** More than the young have room for, so that it is old at once. */
  private static final int LARGE = 400 << 20;

  private final TidyHeap heap = new TidyHeap();
  private final MemoryPoolMXBean old =
      ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals("Tenured Gen")).findFirst().orElseThrow();

  @Test
  void whatHasBecomeGarbageAmongOldObjectsIsCollected() {
    System.gc();
    long before = old.getUsage().getUsed();
    byte[] large = new byte[LARGE];
    long with = old.getUsage().getUsed();
    Reference.reachabilityFence(large);
    large = null;
    heap.tidy();
    assertThat(with).isGreaterThan(before + LARGE / 2);
    assertThat(old.getUsage().getUsed()).isLessThan(before + LARGE / 2);
  }

  @Test
  void whereLittleIsNewNothingIsCollected() {
    heap.tidy();
    long collections = collections();
    heap.tidy();
    assertThat(collections()).isEqualTo(collections);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(bean -> bean.getName().equals("MarkSweepCompact"))
        .findFirst().orElseThrow().getCollectionCount();
  }
}
