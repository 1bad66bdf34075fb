package org.answerprint.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Keeps the half-made files of copies and multipart completions out of listings. The file-system store writes them
 * beside the object, as its key plus a random suffix, where a listing would show them as objects, and where a killed
 * process would leave them for good. Thread-safe.
 */
final class Joining {
  private static final Pattern SUFFIX = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path notes;
  private final Set<Target> running = ConcurrentHashMap.newKeySet();

  private Joining(Path notes) {
    this.notes = notes;
  }

  /** Opens the folder of notes, and removes the half-made files of joins that an earlier process did not finish. */
  static Joining open(Path notes, ObjectFiles files) throws IOException {
    Files.createDirectories(notes);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(notes)) {
      for (Path leftover : leftovers) {
        Target.read(leftover).removeHalfMade(files);
        Files.delete(leftover);
      }
    }
    return new Joining(notes);
  }

  /** Runs a join into the object; the caller holds the object's lock. */
  <T> T during(String bucket, String key, Supplier<T> join) {
    Target target = new Target(bucket, key);
    Path note = notes.resolve(UUID.randomUUID().toString());
    try {
      running.add(target);
      Files.writeString(note, bucket + "\n" + key);
      try {
        return join.get();
      } finally {
        Files.delete(note);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      running.remove(target);
    }
  }

  /** Whether a path is that of a file in the making. */
  boolean isHalfMade(String bucket, String path) {
    return running.stream().anyMatch(target -> target.bucket().equals(bucket) && target.isHalfMade(path));
  }

  private record Target(String bucket, String key) {
    static Target read(Path note) throws IOException {
      String[] lines = Files.readString(note).split("\n", 2);
      return lines.length == 2 ? new Target(lines[0], lines[1]) : new Target("none", "none");
    }

    boolean isHalfMade(String name) {
      return name.startsWith(key) && SUFFIX.matcher(name.substring(key.length())).matches();
    }

    void removeHalfMade(ObjectFiles files) throws IOException {
      Path object = files.resolve(bucket, key);
      if (!Files.isDirectory(object.getParent())) {
        return;
      }
      String name = object.getFileName().toString();
      try (DirectoryStream<Path> siblings = Files.newDirectoryStream(object.getParent())) {
        for (Path sibling : siblings) {
          if (new Target(bucket, name).isHalfMade(sibling.getFileName().toString())) {
            Files.delete(sibling);
          }
        }
      }
    }
  }
}
