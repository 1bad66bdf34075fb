package org.answerprint.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Moves the objects of a data folder from before {@link KeyPaths}, where a key was its file's path as it stands. Each
 * object is one rename, and a move that is interrupted goes on with the next start.
 */
final class OldLayout {

  private static final String MARK = "layout-2";

  private OldLayout() {}

  /** Brings the folder up to date, which costs one look where it is so already. */
  static void bringUpToDate(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (Files.exists(mark)) {
      return;
    }
    Path old = folder.resolve("buckets-1");
    Path buckets = folder.resolve("buckets");
    if (Files.notExists(old) && Files.exists(buckets)) {
      Files.move(buckets, old, StandardCopyOption.ATOMIC_MOVE);
    }
    if (Files.exists(old)) {
      Files.walkFileTree(old, new Mover(old, buckets));
    }
    Files.createFile(mark);
  }

  private static final class Mover extends SimpleFileVisitor<Path> {

    private final Path old;
    private final Path buckets;

    Mover(Path old, Path buckets) {
      this.old = old;
      this.buckets = buckets;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
      if (old.equals(folder.getParent())) {
        Files.createDirectories(buckets.resolve(old.relativize(folder)));
      }
      return FileVisitResult.CONTINUE;
    }

    /** What is no object (a link, an upload that was never finished) stays where it is. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = old.relativize(file);
      boolean object = relative.getNameCount() > 1 && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && !relative.getName(1).toString().startsWith(".mpus-");
      if (object) {
        String key = relative.subpath(1, relative.getNameCount()).toString();
        Path target = buckets.resolve(relative.getName(0)).resolve(KeyPaths.pathOf(key));
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      try (var left = Files.list(folder)) {
        if (left.findAny().isEmpty()) {
          Files.delete(folder);
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
