package org.answerprint.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.gaul.s3proxy.blobstore.S3Exceptions;

/** Which file holds which object. Thread-safe. */
final class ObjectFiles {
  private static final int TRIES = 100;

  private final Path root;

  ObjectFiles(Path root) {
    this.root = root;
  }

  /**
   * The file of an object, by its path below its bucket's folder. One that lies behind a symbolic link is refused (403):
   * the link may lead out of the folder, and nothing of ours makes any.
   */
  Path resolve(String bucket, String path) {
    Path folder = folder(bucket);
    try {
      Path file = folder.resolve(path);
      Path at = folder;
      requireNoLink(at);
      for (Path name : folder.relativize(file)) {
        at = at.resolve(name);
        requireNoLink(at);
      }
      return file;
    } catch (InvalidPathException e) {
      throw S3Exceptions.invalidArgument("The key of " + path + " cannot be stored by this server.");
    }
  }

  /** Where a bucket's objects lie. */
  Path folder(String bucket) {
    Path folder = root.resolve(bucket).normalize();
    if (!root.equals(folder.getParent())) {
      throw S3Exceptions.noSuchBucket(bucket, "");
    }
    return folder;
  }

  private static void requireNoLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw S3Exceptions.fromStatusCode(403, new IOException(path + " is a symbolic link, and those are not followed"));
    }
  }

  /** Moves a finished file to where it is served from, in one step; replaces what is there. */
  void publish(Path file, Path target) {
    try {
      for (int i = 0; !tryPublish(file, target); i++) {
        if (i == TRIES) {
          throw new IOException("The folder of " + target + " keeps vanishing.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean tryPublish(Path file, Path target) throws IOException {
    try {
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException e) {
      // a delete removed the folder, which it does with folders it leaves empty
      if (Files.notExists(file)) {
        throw e;
      }
      return false;
    }
  }
}
