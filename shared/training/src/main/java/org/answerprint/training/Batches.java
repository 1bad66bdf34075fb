package org.answerprint.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.answerprint.faults.InternalFault;

/** The batches of a lesson in order, made on a thread of their own while steps are taken: at most two ahead. */
final class Batches implements AutoCloseable {

  private static final int AHEAD = 2;

  private final Lesson lesson;
  private final long end;
  private final ExecutorService maker = Executors.newSingleThreadExecutor(task -> {
    Thread thread = new Thread(task, "batches");
    thread.setDaemon(true);
    return thread;
  });
  private final Deque<Future<Batch>> coming = new ArrayDeque<>();
  private long asked;

  Batches(Lesson lesson, long first, long end) {
    this.lesson = lesson;
    this.asked = first;
    this.end = end;
  }

  Batch next() {
    while (coming.size() <= AHEAD && asked < end) {
      long step = asked++;
      coming.add(maker.submit(() -> lesson.batch(step)));
    }
    try {
      return coming.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InternalFault("The training was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new InternalFault("A batch could not be made: " + e.getCause(), e);
    }
  }

  /** Waits for the batch that is being made; what it is made with may be closed then. */
  @Override
  public void close() {
    coming.forEach(batch -> batch.cancel(false));
    maker.close();
  }
}
