package org.answerprint.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.answerprint.faults.RequestFault;

/**
 * Copies a checkpoint's files and takes their digests. Both go on at the same time, since a digest takes about as long
 * as a disk: the copying is the kernel's, and the digest reads what the kernel has in memory then.
 */
final class BundleCopy {

  private BundleCopy() {}

  /**
   * Makes a bundle in an empty folder, {@code bundle.json} last; all of it is on the disk when this returns.
   *
   * @param owned the cache's own: files that lie in it, and are not linked into it, become the bundle's without a copy
   */
  static BundleManifest copy(Checkpoint checkpoint, Path target, Path owned) throws IOException {
    CompletableFuture<List<BundleFile>> digests = CompletableFuture.supplyAsync(() -> unchecked(checkpoint));
    SequencedMap<Path, FileTime> times = new LinkedHashMap<>();
    try {
      for (Path file : checkpoint.files()) {
        times.put(file, Files.getLastModifiedTime(file));
        take(file, target.resolve(path(checkpoint, file)), owned.toRealPath());
      }
    } finally {
      digests.handle((files, failure) -> true).join();
    }
    List<BundleFile> files = join(digests);
    requireUnchanged(times, files, target);
    BundleManifest manifest =
        new BundleManifest(BundleManifest.SCHEMA, checkpoint.licence(), components(checkpoint), files);
    Files.write(target.resolve(BundleManifest.FILE), manifest.json(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    return manifest;
  }

  private static void take(Path file, Path copy, Path owned) throws IOException {
    Files.createDirectories(copy.getParent());
    if (file.toRealPath().startsWith(owned)) {
      Files.createLink(copy, file.toRealPath());
    } else {
      Files.copy(file, copy);
    }
    // Opened to be read, since copies of files that nobody may write cannot be opened otherwise.
    try (FileChannel written = FileChannel.open(copy)) {
      written.force(true);
    }
  }

  /** All files and their digests, in order of their paths. */
  static List<BundleFile> digests(Checkpoint checkpoint) throws IOException {
    try {
      return unchecked(checkpoint);
    } catch (UncheckedIOException unread) {
      throw unread.getCause();
    }
  }

  /** A file's path below the checkpoint's folder, with slashes. */
  static String path(Checkpoint checkpoint, Path file) {
    return checkpoint.folder().relativize(file).toString().replace('\\', '/');
  }

  private static List<BundleFile> unchecked(Checkpoint checkpoint) {
    return checkpoint.files().stream()
        .map(file -> {
          try {
            return new BundleFile(path(checkpoint, file), Files.size(file), Digests.ofFile(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .sorted(Comparator.comparing(BundleFile::path))
        .toList();
  }

  private static List<BundleFile> join(CompletableFuture<List<BundleFile>> digests) throws IOException {
    try {
      return digests.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException unread) {
        throw unread.getCause();
      }
      throw e;
    }
  }

  private static void requireUnchanged(SequencedMap<Path, FileTime> times, List<BundleFile> files, Path target)
      throws IOException {
    for (var entry : times.entrySet()) {
      if (!Files.getLastModifiedTime(entry.getKey()).equals(entry.getValue())) {
        throw new RequestFault(entry.getKey() + " changed while it was imported; import it again");
      }
    }
    for (BundleFile file : files) {
      if (Files.size(target.resolve(file.path())) != file.bytes()) {
        throw new RequestFault(file.path() + " changed while it was imported; import it again");
      }
    }
  }

  private static SequencedMap<String, BundleComponent> components(Checkpoint checkpoint) {
    SequencedMap<String, BundleComponent> components = new LinkedHashMap<>();
    for (Component component : checkpoint.components()) {
      components.put(component.name(), new BundleComponent(component.kind(), path(checkpoint, component.weights()),
          checkpoint.facts().get(component.name()).portedLayers()));
    }
    return components;
  }
}
