package org.answerprint.chain;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;

/**
 * Keeps the heap of a process that lives long as small as that of one that has just begun. The serial collector looks for garbage
 * among old objects only when their space has grown to its bound, so that without this the memory of the functions grows with
 * the length of a film although what they hold does not. Other collectors look by themselves, and are left alone.
 */
@ApplicationScoped
public class TidyHeap {

  private static final long WORTH_A_COLLECTION = 4L << 20;

  private final Optional<MemoryPoolMXBean> old =
      ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals("Tenured Gen")).findFirst();

  /** Collects where a ninth of all old objects, and some megabytes, may be garbage; some 50 ms each time. */
  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tidy() {
    old.filter(TidyHeap::isUntidy).ifPresent(pool -> System.gc());
  }

  private static boolean isUntidy(MemoryPoolMXBean pool) {
    long kept = pool.getCollectionUsage().getUsed();
    return pool.getUsage().getUsed() > kept + kept / 8 + WORTH_A_COLLECTION;
  }
}
