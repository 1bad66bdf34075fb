package org.answerprint.chaos;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sees objects appear, by their files, within milliseconds and also while no server runs that could be asked. One
 * thread at a time may wait.
 */
final class Sightings implements AutoCloseable {

  private final Path buckets;
  private final WatchService watch;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  /** @param buckets the folder that holds a folder for each bucket */
  Sightings(Path buckets) throws IOException {
    this.buckets = buckets;
    this.watch = buckets.getFileSystem().newWatchService();
    enter(buckets, false);
    Thread.ofPlatform().daemon().name("sightings").start(this::look);
  }

  /** Waits until so many objects of the kind have appeared; false where they don't within the time. */
  boolean await(Moment moment, Duration limit) throws InterruptedException {
    seen.clear();
    long deadline = System.nanoTime() + limit.toNanos();
    int left = moment.nth();
    while (left > 0) {
      String path = seen.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (path == null) {
        return false;
      }
      left -= moment.of().matches(path) ? 1 : 0;
    }
    return true;
  }

  private void look() {
    try {
      while (true) {
        WatchKey key = watch.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          see(folders.get(key).resolve(String.valueOf(event.context())));
        }
        if (!key.reset()) {
          folders.remove(key);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      seen.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void see(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      enter(path, true);
    } else {
      seen.add(KeyFiles.key(buckets.relativize(path)));
    }
  }

  /** What is in a new folder may have come before anybody watched it. */
  private void enter(Path folder, boolean fresh) throws IOException {
    try {
      folders.put(folder.register(watch, ENTRY_CREATE), folder);
      List<Path> inside;
      try (Stream<Path> files = Files.list(folder)) {
        inside = files.toList();
      }
      for (Path path : inside) {
        if (Files.isDirectory(path)) {
          enter(path, fresh);
        } else if (fresh) {
          see(path);
        }
      }
    } catch (NoSuchFileException e) {
      // the server removes folders that have become empty
      folders.values().remove(folder);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
