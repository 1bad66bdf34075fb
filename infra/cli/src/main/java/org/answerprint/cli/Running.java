package org.answerprint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.StorageSettings;

/**
 * A local system that other commands may use, as {@code up} notes it in its data folder. The keys are not in it: they
 * stay in the file that only their owner may read.
 *
 * @param pid of the process that holds the system
 * @param begun when that process began, in milliseconds since 1970, since ids are used again
 * @param s3Endpoint where S3 clients connect
 * @param kafka where Kafka clients connect
 * @param httpPort where the functions listen
 * @param prefix of the buckets' names
 * @param region that S3 clients sign for
 */
record Running(long pid, long begun, String s3Endpoint, String kafka, int httpPort, String prefix, String region) {

  private static final String FILE = "running.json";

  /** The system that runs in this data folder, if its process is still there. */
  static Optional<Running> in(Path data) {
    try {
      Running noted = JsonOut.read(Files.readAllBytes(data.resolve(FILE)), Running.class);
      return Optional.of(noted).filter(Running::isAlive);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // half a note is none: its writer died or is about to replace it
      return Optional.empty();
    }
  }

  static long begunOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private boolean isAlive() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> begunOf(p) == begun).isPresent();
  }

  void write(Path data) {
    Path fresh = data.resolve(FILE + ".part");
    try {
      Files.writeString(fresh, JsonOut.write(this), StandardCharsets.UTF_8);
      Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      // a note that stays behind names a process that is gone, and is not believed
    }
  }

  /** How to reach its buckets. */
  StorageSettings storage(Path data) {
    try {
      List<String> keys = Files.readAllLines(data.resolve("keys"));
      return new StorageSettings(Optional.of(URI.create(s3Endpoint)), region,
          Optional.of(new StorageSettings.Credentials(keys.get(0), keys.get(1))), Buckets.prefixed(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
