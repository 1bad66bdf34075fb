package org.answerprint.storage;

import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores with patience and part sizes of a test's own. */
final class S3Parts {

  private S3Parts() {}

  /** Splits files above four parts of this size. */
  static S3ObjectStore store(S3Client client, long partBytes) {
    return new S3ObjectStore(client, partBytes, Duration.ofSeconds(60), Body.Pace.SLOWEST);
  }

  /** Asks twice and gives up. */
  static S3ObjectStore impatient(StorageSettings settings) {
    return new S3ObjectStore(S3Clients.of(settings, 2, Duration.ofSeconds(30)), 5 << 20, Duration.ZERO, Body.Pace.SLOWEST);
  }

  /** Never asks twice by itself, takes a second of silence for trouble, and puts up with 32 kB a second. */
  static S3ObjectStore nervous(StorageSettings settings) {
    return new S3ObjectStore(S3Clients.of(settings, 1, Duration.ofSeconds(1)), 5 << 20, settings.patience(),
        new Body.Pace(Duration.ofMillis(500), 16 << 10));
  }
}
