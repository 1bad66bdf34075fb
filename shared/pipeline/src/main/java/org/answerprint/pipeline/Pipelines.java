package org.answerprint.pipeline;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.answerprint.runtime.Engine;

/**
 * Keeps the last pipeline open for the next work, which mostly is of the same model and size: loading one takes seconds. One piece of
 * work at a time; others wait. Thread-safe.
 */
public final class Pipelines implements AutoCloseable {

  private record Key(String digest, PictureSize size, Set<String> ported) {}

  private record Kept(Key key, ImagePipeline pipeline) {}

  private final Engine engine;
  private Optional<Kept> kept = Optional.empty();

  /** Pipelines on one engine. */
  public Pipelines(Engine engine) {
    this.engine = engine;
  }

  /** Lends a pipeline to somebody who must not close it. */
  public synchronized void lend(ImageModel model, PictureSize size, Set<String> ported, Consumer<ImagePipeline> work) {
    Key key = new Key(model.bundle().manifest().digest(), size, Set.copyOf(ported));
    if (kept.isEmpty() || !kept.get().key().equals(key)) {
      close();
      kept = Optional.of(new Kept(key, new ImagePipeline(model, engine, size, ported)));
    }
    boolean sound = false;
    try {
      work.accept(kept.get().pipeline());
      sound = true;
    } finally {
      if (!sound) {
        close();
      }
    }
  }

  /** Closes what is kept; the next work opens it again. */
  @Override
  public synchronized void close() {
    kept.ifPresent(k -> k.pipeline().close());
    kept = Optional.empty();
  }
}
