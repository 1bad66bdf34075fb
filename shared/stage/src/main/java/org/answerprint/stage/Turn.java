package org.answerprint.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Json;
import org.answerprint.methods.Monitor;
import org.answerprint.storage.ObjectInfo;

/**
 * An instance's turn at a job's stage. Its sign of life is the stage's progress, renewed while the turn lasts, so that whoever is told of
 * the job meanwhile hands the message back and counts no attempt. A turn saves work and never fences: whoever is silent for longer than
 * the lock loses it, and what is done twice does no harm. Where the process dies, its machine knows at once, by a file that was locked.
 * Thread-safe.
 */
final class Turn implements AutoCloseable {

  private static final Set<String> OURS = ConcurrentHashMap.newKeySet();
  private static final int BEATS_PER_LOCK = 3;

  private final Stage stage;
  private final JobId job;
  private final TaskKey task;
  private final String name = UUID.randomUUID().toString();
  private final Optional<FileChannel> watched;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Progress last = new Progress(0, 0, Optional.of(name));
  private volatile long moved = System.nanoTime();

  private Turn(Stage stage, JobId job, TaskKey task) {
    this.stage = stage;
    this.job = job;
    this.task = task;
    OURS.add(name);
    this.watched = watched(file(stage, name));
  }

  /**
   * Takes the turn.
   *
   * @throws TransientFault where another instance is at it; look again later
   */
  static Turn take(Stage stage, JobId job, TaskKey task) {
    Optional<Sign> sign = Sign.find(stage, job, task);
    if (sign.filter(found -> found.isAlive(stage)).isPresent()) {
      throw busy(job, task);
    }
    Turn turn = new Turn(stage, job, task);
    boolean taken = false;
    try {
      taken = turn.replaces(sign);
    } finally {
      if (!taken) {
        turn.forget();
      }
    }
    if (!taken) {
      throw busy(job, task);
    }
    sign.flatMap(Sign::by).ifPresent(before -> delete(file(stage, before)));
    Thread.ofVirtual().name(task + " of " + job).start(turn::beat);
    return turn;
  }

  /** Whether somebody is seen to have the turn. */
  static boolean isTaken(Stage stage, JobId job, TaskKey task) {
    return Sign.find(stage, job, task).filter(found -> found.isAlive(stage)).isPresent();
  }

  private static TransientFault busy(JobId job, TaskKey task) {
    return new TransientFault("another instance of " + task + " is at job " + job + "; it is looked at again when that shows no more sign of life");
  }

  /** Notes of what is done in this turn; {@code outer} is told of everything too, and may cancel. */
  Monitor notes(Monitor outer) {
    return notes(outer, System::nanoTime);
  }

  Monitor notes(Monitor outer, LongSupplier nanos) {
    return new ProgressNotes(stage, job, task, (done, total) -> {
      last = new Progress(done, total, Optional.of(name));
      moved = System.nanoTime();
      outer.progress(done, total);
    }, nanos, Optional.of(name));
  }

  /** Ends the turn: nobody waits for it any more. */
  @Override
  public synchronized void close() {
    over.countDown();
    ProgressNotes.end(stage, job, task);
    forget();
  }

  /** The newest sign of life, and in whose turn it was given. */
  private record Sign(ObjectInfo info, Optional<String> by) {

    static Optional<Sign> find(Stage stage, JobId job, TaskKey task) {
      String key = JobKeys.progress(job, task);
      return stage.store().head(stage.jobs().buckets().work(), key)
          .map(info -> new Sign(info, stage.jobs().read(key, Progress.class).flatMap(Progress::by)));
    }

    boolean isAlive(Stage stage) {
      return info.modified().plus(stage.settings().lock()).isAfter(stage.clock().instant())
          && by.filter(turn -> hasDiedHere(turn, file(stage, turn))).isEmpty();
    }
  }

  /** One of those that find the same sign wins. */
  private boolean replaces(Optional<Sign> sign) {
    return stage.store().replace(stage.jobs().buckets().work(), JobKeys.progress(job, task), sign.map(found -> found.info().tag()),
        Json.write(last).getBytes(StandardCharsets.UTF_8), "application/json");
  }

  /** Long silence between two steps is no death, unless it is as long as work is left alone. */
  private void beat() {
    try {
      while (!over.await(stage.settings().lock().dividedBy(BEATS_PER_LOCK).toMillis(), TimeUnit.MILLISECONDS)) {
        sayAlive();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void sayAlive() {
    boolean stuck = Duration.ofNanos(System.nanoTime() - moved).compareTo(stage.settings().patience()) > 0;
    if (over.getCount() > 0 && !stuck) {
      ProgressNotes.note(stage, job, task, last);
    }
  }

  private static Path file(Stage stage, String turn) {
    return stage.settings().scratch().resolve("turn-" + turn);
  }

  /** Held as long as this process lives; without it, others wait for the sign of life to grow old. */
  private static Optional<FileChannel> watched(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.lock();
      return Optional.of(channel);
    } catch (IOException e) {
      System.getLogger(Turn.class.getName()).log(System.Logger.Level.DEBUG, "a turn is not watched", e);
      return Optional.empty();
    }
  }

  /** Whether that turn was taken on this machine by a process that lives no more. */
  private static boolean hasDiedHere(String turn, Path file) {
    if (OURS.contains(turn) || !Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }

  private void forget() {
    delete(file(stage, name));
    watched.ifPresent(Turn::release);
    OURS.remove(name);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(Turn.class.getName()).log(System.Logger.Level.DEBUG, "left over: " + file, e);
    }
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(Turn.class.getName()).log(System.Logger.Level.DEBUG, "a lock is left to the end of this process", e);
    }
  }
}
