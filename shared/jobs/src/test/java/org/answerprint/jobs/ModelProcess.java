package org.answerprint.jobs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.answerprint.events.Message;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;

/**
 * A process of the model: a thread that stops before everything it does to the world, so that the world decides who
 * goes on, who dies there and who is frozen. Only one process runs at any time.
 */
final class ModelProcess {

  /** How a process ends that is killed; an error, so that nobody's catch gets hold of it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super(null, null, false, false);
    }
  }

  private final ModelWorld world;
  private final ModelStages.Role role;
  private final Semaphore go = new Semaphore(0);
  private final Semaphore stopped = new Semaphore(0);
  private ModelStages stages;
  private Optional<Message> inHand = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private boolean killed;
  private boolean running;
  private boolean redelivered;
  private long frozenUntil;

  ModelProcess(ModelWorld world, ModelStages.Role role) {
    this.world = world;
    this.role = role;
    this.stages = fresh();
  }

  private ModelStages fresh() {
    return new ModelStages(world, new SteppedStore(), message -> {
      pause();
      world.send(message);
    });
  }

  boolean isIdle() {
    return !running && inHand.isEmpty();
  }

  boolean takes(Message message) {
    return role.takes(message);
  }

  boolean isFrozen() {
    return frozenUntil > world.millis();
  }

  long frozenUntil() {
    return frozenUntil;
  }

  /** Gives it something to do; it stops before its first deed. */
  void begin(Message message) {
    inHand = Optional.of(message);
    running = true;
    killed = false;
    redelivered = false;
    Thread.startVirtualThread(this::work);
    await();
  }

  private void work() {
    try {
      pause();
      stages.handle(inHand.orElseThrow());
      pause();
      inHand = Optional.empty();
    } catch (Killed e) {
      stages = fresh();
    } catch (Throwable e) {
      failure = Optional.of(e);
    } finally {
      running = false;
      stopped.release();
    }
  }

  /** Lets it do one thing more. */
  void step() {
    go.release();
    await();
  }

  /** Ends it where it stands; what it had in hand comes again, to it or to another. */
  void kill() {
    killed = true;
    step();
    Message lost = inHand.orElseThrow();
    inHand = Optional.empty();
    if (!redelivered) {
      world.requeue(lost);
    }
  }

  /** Stops it for a while; its lock runs out, so that what it has in hand is given to another meanwhile. */
  void freeze(long until) {
    frozenUntil = until;
    if (!redelivered) {
      redelivered = true;
      world.requeue(inHand.orElseThrow());
    }
  }

  private void await() {
    stopped.acquireUninterruptibly();
    failure.ifPresent(e -> {
      throw new AssertionError(role + " broke on " + inHand, e);
    });
  }

  private void pause() {
    stopped.release();
    go.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }

  /** The world's objects, with a stop before every touch. */
  private final class SteppedStore implements ObjectStore {

    private ObjectStore objects() {
      pause();
      return world.objects();
    }

    @Override
    public Optional<ObjectInfo> head(String bucket, String key) {
      return objects().head(bucket, key);
    }

    @Override
    public Optional<byte[]> get(String bucket, String key, int limit) {
      return objects().get(bucket, key, limit);
    }

    @Override
    public int read(String bucket, String key, String tag, long position, byte[] into, int offset, int length) {
      return objects().read(bucket, key, tag, position, into, offset, length);
    }

    @Override
    public boolean download(String bucket, String key, Path file) {
      return objects().download(bucket, key, file);
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, byte[] bytes, String contentType) {
      return objects().putIfAbsent(bucket, key, bytes, contentType);
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, Path file, String contentType) {
      return objects().putIfAbsent(bucket, key, file, contentType);
    }

    @Override
    public boolean replace(String bucket, String key, Optional<String> expectedTag, byte[] bytes, String contentType) {
      return objects().replace(bucket, key, expectedTag, bytes, contentType);
    }

    @Override
    public void put(String bucket, String key, byte[] bytes, String contentType) {
      objects().put(bucket, key, bytes, contentType);
    }

    @Override
    public void list(String bucket, String prefix, Consumer<ObjectInfo> each) {
      objects().list(bucket, prefix, each);
    }

    @Override
    public void delete(String bucket, String key) {
      objects().delete(bucket, key);
    }

    @Override
    public void close() {
      // the world's objects outlive every process
    }
  }
}
