package org.answerprint.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.answerprint.launcher.ChildJvm;
import org.answerprint.launcher.LaunchException;

/**
 * A child JVM that is started again when it dies, later each time, until it has stayed alive for a while. Thread-safe.
 */
final class Supervised implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  /** What dies sooner will hardly do better at the next start; what dies later was killed, and is wanted back at once. */
  private static final Duration HEALTHY = Duration.ofSeconds(15);

  private final String name;
  private final Supplier<ChildJvm> starter;
  private final Consumer<String> news;
  private Duration pause = FIRST_PAUSE;
  private long startedAt;
  private ChildJvm child;
  private boolean closing;

  private Supervised(String name, Supplier<ChildJvm> starter, Consumer<String> news) {
    this.name = name;
    this.starter = starter;
    this.news = news;
  }

  /**
   * Starts a child and watches it from then on.
   *
   * @param news hears when it dies and when it is back
   * @throws LaunchException where the first start fails
   */
  static Supervised start(String name, Supplier<ChildJvm> starter, Consumer<String> news) {
    Supervised supervised = new Supervised(name, starter, news);
    supervised.watch(starter.get());
    return supervised;
  }

  /** The child as it is now. */
  synchronized ChildJvm child() {
    return child;
  }

  private synchronized void watch(ChildJvm fresh) {
    child = fresh;
    startedAt = System.nanoTime();
    if (closing) {
      fresh.close();
      return;
    }
    fresh.onExit().thenAccept(this::died);
  }

  private synchronized void died(int code) {
    if (closing) {
      return;
    }
    pause = System.nanoTime() - startedAt > HEALTHY.toNanos() ? FIRST_PAUSE : pause;
    Duration wait = pause;
    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    CompletableFuture.runAsync(() -> restart(code), CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void restart(int code) {
    synchronized (this) {
      if (closing) {
        return;
      }
    }
    news.accept(name + " ended with exit code " + code + "; starting it again");
    try {
      watch(starter.get());
      news.accept(name + " is back");
    } catch (LaunchException e) {
      news.accept(name + " does not start: " + e.getMessage());
      died(code);
    }
  }

  /** Stops watching, so that the child may end; {@link #close} ends it. */
  synchronized void release() {
    closing = true;
  }

  @Override
  public void close() {
    release();
    child().close();
  }
}
