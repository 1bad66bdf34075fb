package org.answerprint.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * An {@link ObjectStore} in memory, with the same guarantees, for tests that need thousands of runs. Buckets exist as
 * soon as they are named. Thread-safe.
 */
public final class MemoryObjectStore implements ObjectStore {

  private record Stored(byte[] bytes, ObjectInfo info) {}

  private final Map<String, NavigableMap<String, Stored>> buckets = new ConcurrentHashMap<>();
  private final Clock clock;

  public MemoryObjectStore(Clock clock) {
    this.clock = clock;
  }

  private NavigableMap<String, Stored> bucket(String name) {
    return buckets.computeIfAbsent(name, n -> new TreeMap<>());
  }

  private synchronized Optional<Stored> find(String bucket, String key) {
    return Optional.ofNullable(bucket(bucket).get(key));
  }

  @Override
  public Optional<ObjectInfo> head(String bucket, String key) {
    return find(bucket, key).map(Stored::info);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key, int limit) {
    return find(bucket, key).map(stored -> {
      if (stored.bytes.length > limit) {
        throw new RequestFault("object " + key + " in bucket " + bucket + " holds " + stored.bytes.length + " bytes; at most " + limit + " are allowed there");
      }
      return stored.bytes.clone();
    });
  }

  @Override
  public int read(String bucket, String key, String tag, long position, byte[] into, int offset, int length) {
    Stored stored = find(bucket, key).orElseThrow(() -> new RequestFault("object " + key + " is gone from bucket " + bucket + "; land it again"));
    if (!stored.info.tag().equals(tag)) {
      throw new RequestFault("object " + key + " in bucket " + bucket + " was replaced while it was being read; the new version has its own job");
    }
    if (position >= stored.bytes.length) {
      return -1;
    }
    int n = (int) Math.min(length, stored.bytes.length - position);
    System.arraycopy(stored.bytes, (int) position, into, offset, n);
    return n;
  }

  @Override
  public boolean download(String bucket, String key, Path file) {
    Optional<byte[]> bytes = get(bucket, key, Integer.MAX_VALUE);
    bytes.ifPresent(b -> {
      try {
        WholeFile.write(file, out -> {
          out.write(b);
          return true;
        });
      } catch (IOException e) {
        throw new TransientFault("copying " + key + " from bucket " + bucket + " broke off: " + e.getMessage(), e);
      }
    });
    return bytes.isPresent();
  }

  @Override
  public synchronized boolean putIfAbsent(String bucket, String key, byte[] bytes, String contentType) {
    return replace(bucket, key, Optional.empty(), bytes, contentType);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, Path file, String contentType) {
    try {
      return putIfAbsent(bucket, key, Files.readAllBytes(file), contentType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized boolean replace(String bucket, String key, Optional<String> expectedTag, byte[] bytes, String contentType) {
    Optional<String> found = head(bucket, key).map(ObjectInfo::tag);
    if (!found.equals(expectedTag)) {
      return false;
    }
    bucket(bucket).put(key, new Stored(bytes.clone(), new ObjectInfo(key, bytes.length, Digests.sha256(bytes).substring(0, 32), Optional.empty(), clock.instant())));
    return true;
  }

  @Override
  public synchronized void put(String bucket, String key, byte[] bytes, String contentType) {
    delete(bucket, key);
    putIfAbsent(bucket, key, bytes, contentType);
  }

  @Override
  public void list(String bucket, String prefix, Consumer<ObjectInfo> each) {
    snapshot(bucket, prefix).forEach(each);
  }

  private synchronized List<ObjectInfo> snapshot(String bucket, String prefix) {
    return bucket(bucket).tailMap(prefix, true).values().stream().map(Stored::info)
        .takeWhile(info -> info.key().startsWith(prefix)).toList();
  }

  @Override
  public synchronized void delete(String bucket, String key) {
    bucket(bucket).remove(key);
  }

  @Override
  public void close() {
    buckets.clear();
  }
}
