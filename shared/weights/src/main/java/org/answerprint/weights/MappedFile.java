package org.answerprint.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;

/**
 * A file in memory, read-only.
 *
 * @param path of the file
 * @param bytes all of it
 */
record MappedFile(Path path, MemorySegment bytes) {

  /**
   * @throws RequestFault where there is no file, or it is none that can be mapped
   * @throws TransientFault where the disk refuses
   */
  static MappedFile open(Path path, Arena arena) {
    if (!Files.exists(path)) {
      throw new RequestFault("there is no file " + path + "; give one that is there");
    }
    // A pipe or a device would block or never end.
    if (!Files.isRegularFile(path)) {
      throw new RequestFault(path + " is not a regular file; give a file of weights");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MappedFile(path, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (AccessDeniedException e) {
      throw new RequestFault(path + " may not be read; change its permissions", e);
    } catch (IOException e) {
      throw new TransientFault("%s could not be read (%s); see to the disk and try again".formatted(path, e), e);
    }
  }

  long size() {
    return bytes.byteSize();
  }

  /** A fault of this file's content: {@code what} goes on where the file's name ends. */
  RequestFault fault(String what, Object... arguments) {
    return new RequestFault(path + " " + what.formatted(arguments));
  }
}
