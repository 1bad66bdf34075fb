package org.answerprint.stage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The end of a process that works: on SIGTERM it is asked to stop, its step is waited for, and where that takes too long the work is
 * handed back over its head and the process ends without asking anybody. Where it is asked more than once, the patience that runs out
 * first counts. Whoever works calls {@link #over} when it has stopped, and exits
 * then. Thread-safe.
 */
public final class GentleEnd {

  /** What a process ends with that left work behind: start it again. */
  public static final int AGAIN = 75;

  private static final Duration HANDING_BACK = Duration.ofSeconds(8);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean late = new AtomicBoolean();
  private final IntConsumer halt;
  private volatile Runnable stop = () -> { };
  private volatile Runnable abandon = () -> { };

  public GentleEnd() {
    // not exit: hooks would take ONNX Runtime away from under the step that still runs
    this(Runtime.getRuntime()::halt);
  }

  GentleEnd(IntConsumer halt) {
    this.halt = halt;
  }

  /**
   * Begins the end on SIGTERM, SIGINT and SIGHUP.
   *
   * @param patience how long a step may take to end
   * @param stop asks the work to stop, possibly more than once
   * @param abandon hands back what is in hand while it is still worked on
   */
  public void listen(Duration patience, Runnable stop, Runnable abandon) {
    this.stop = stop;
    this.abandon = abandon;
    EndSignals.listen(() -> begin(patience));
  }

  /** Begins the end for another reason. */
  public void begin(Duration patience) {
    stop.run();
    Thread.ofPlatform().daemon().name("ending").start(() -> waitFor(patience));
  }

  /** The work has stopped: from now on the process ends in its own time. */
  public void over() {
    over.countDown();
  }

  private void waitFor(Duration patience) {
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS) && late.compareAndSet(false, true)) {
        Thread.ofPlatform().daemon().name("handing-back").start(abandon).join(HANDING_BACK);
        halt.accept(AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
