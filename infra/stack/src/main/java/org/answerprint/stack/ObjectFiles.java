package org.answerprint.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.gaul.s3proxy.blobstore.S3Exceptions;

/** Which file holds which object. Thread-safe. */
final class ObjectFiles {
  private static final int TRIES = 100;

  private final Path root;

  ObjectFiles(Path root) {
    this.root = root;
  }

  /** The file of an object; a key that would leave its bucket or name another object's file is refused (400). */
  Path resolve(String bucket, String key) {
    Path folder = root.resolve(bucket).normalize();
    if (!root.equals(folder.getParent()) || key.startsWith("/") || hasDots(key) || key.startsWith(".s3proxy-versions")
        || key.startsWith(".s3proxy-slash") || key.startsWith(".mpus-")) {
      throw S3Exceptions.invalidArgument("The key " + key + " cannot be stored by this server.");
    }
    try {
      return folder.resolve(key);
    } catch (InvalidPathException e) {
      throw S3Exceptions.invalidArgument("The key " + key + " cannot be stored by this server.");
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
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      throw S3Exceptions.invalidRequest("This server keeps objects as files, so a key cannot also be a folder: "
          + root.relativize(target) + ".");
    } catch (IOException e) {
      throw Files.isDirectory(target)
          ? S3Exceptions.invalidRequest("This key is a folder of other objects: " + root.relativize(target) + ".")
          : new UncheckedIOException(e);
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

  private static boolean hasDots(String key) {
    return Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
  }
}
