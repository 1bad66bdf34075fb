package org.answerprint.evaluation;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.answerprint.faults.InternalFault;

/** Several turns at a time, each thread with a bench of its own. */
final class AtOnce {

  /** What a thread works with. */
  interface Bench extends AutoCloseable {
    @Override
    void close();
  }

  private AtOnce() {}

  /**
   * Returns when all turns are done. Where one fails, no other begins, and its exception is thrown when those under way have ended.
   *
   * @param threads how many turns at a time, from 1
   * @param turns how many in all; they are counted from 0
   * @param bench made and closed by the thread that works with it
   */
  static <B extends Bench> void run(int threads, int turns, Supplier<B> bench, BiConsumer<B, Integer> turn) {
    if (turns == 0) {
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Void> work = () -> {
      try (B own = bench.get()) {
        for (int i = next.getAndIncrement(); i < turns; i = next.getAndIncrement()) {
          turn.accept(own, i);
        }
      } catch (RuntimeException | Error failed) {
        next.set(turns);
        throw failed;
      }
      return null;
    };
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, turns))) {
      for (Future<Void> ended : pool.invokeAll(IntStream.range(0, Math.min(threads, turns)).mapToObj(_ -> work).toList())) {
        ended.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InternalFault("The evaluation was interrupted; the same command goes on with it.", stopped);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : new InternalFault("An edit failed.", failed.getCause());
    }
  }
}
