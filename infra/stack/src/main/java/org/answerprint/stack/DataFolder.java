package org.answerprint.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A folder that one process at a time may use; the operating system releases it when the process dies. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileLock lock;

  private DataFolder(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the folder if need be and takes it, or fails with a {@link StartupFault} if another process has it. */
  static DataFolder take(Path path) {
    try {
      Files.createDirectories(path);
      return lock(path).map(lock -> new DataFolder(path, lock)).orElseThrow(() -> new StartupFault(
          "The data folder " + path + " is in use by another process; stop that one or choose another folder."));
    } catch (IOException e) {
      throw new StartupFault("The data folder " + path + " cannot be used: " + e + ".");
    }
  }

  Path path() {
    return path;
  }

  /** Where inside the folder the named part is kept; created if need be. */
  Path part(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new StartupFault("The folder " + path.resolve(name) + " cannot be created: " + e + ".");
    }
  }

  @Override
  public void close() throws IOException {
    lock.acquiredBy().close();
  }

  private static Optional<FileLock> lock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(
        path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(lock);
      }
    } catch (OverlappingFileLockException e) {
      // this process has it already, which is no different to the caller
    }
    channel.close();
    return Optional.empty();
  }
}
