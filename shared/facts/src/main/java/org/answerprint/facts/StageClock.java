package org.answerprint.facts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Times stages as {@code answerprint_stage_seconds{stage,outcome}} and counts what runs right now as
 * {@code answerprint_work_in_flight{stage}}. Safe to share.
 */
public final class StageClock {

  /** The outcome of a run that ended as it should. */
  public static final String DONE = "done";

  /** The outcome of a run that nobody gave an outcome. */
  public static final String FAILED = "failed";

  private final MeterRegistry meters;
  private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

  public StageClock(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Starts a run, to be closed: {@code try (var run = clock.start("edit")) { ...; run.outcome(DONE); }}. */
  public Run start(String stage) {
    AtomicInteger running = inFlight.computeIfAbsent(stage, this::gauge);
    running.incrementAndGet();
    return new Run(stage, running);
  }

  /** Times the work; its outcome is {@link #FAILED} where it throws. */
  public <T> T time(String stage, Supplier<T> work) {
    try (Run run = start(stage)) {
      T result = work.get();
      run.outcome(DONE);
      return result;
    }
  }

  private AtomicInteger gauge(String stage) {
    AtomicInteger running = new AtomicInteger();
    Gauge.builder("answerprint.work.in.flight", running, AtomicInteger::get)
        .description("Work that runs right now")
        .tag("stage", stage)
        .register(meters);
    return running;
  }

  /** One run of a stage. The outcome is {@link #FAILED} until it is said otherwise. */
  public final class Run implements AutoCloseable {

    private final String stage;
    private final AtomicInteger running;
    private final Timer.Sample sample = Timer.start(meters);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String outcome = FAILED;

    private Run(String stage, AtomicInteger running) {
      this.stage = stage;
      this.running = running;
    }

    /** Says how the run ends: one word, out of few. */
    public void outcome(String word) {
      outcome = word;
    }

    /** Stops the clock; once. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        running.decrementAndGet();
        sample.stop(Timer.builder("answerprint.stage")
            .description("How long a stage took")
            .tag("stage", stage)
            .tag("outcome", outcome)
            .register(meters));
      }
    }
  }
}
