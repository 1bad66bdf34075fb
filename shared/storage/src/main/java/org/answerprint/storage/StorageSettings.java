package org.answerprint.storage;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the buckets are.
 *
 * @param endpoint an S3 server of one's own, or empty for AWS
 * @param region the region that requests are signed for
 * @param credentials access and secret key, or empty for the AWS default chain
 * @param buckets the three buckets
 */
public record StorageSettings(Optional<URI> endpoint, String region, Optional<Credentials> credentials, Buckets buckets) {

  /** An access key and its secret; {@link #toString()} keeps the secret. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + "]";
    }
  }

  public StorageSettings {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(buckets, "buckets");
  }

  /**
   * Reads {@code ANSWERPRINT_S3_ENDPOINT}, {@code ANSWERPRINT_REGION} (us-east-1), {@code ANSWERPRINT_ACCESS_KEY},
   * {@code ANSWERPRINT_SECRET_KEY} and {@code ANSWERPRINT_PREFIX} (answerprint).
   */
  public static StorageSettings of(Map<String, String> environment) {
    Optional<String> access = Optional.ofNullable(environment.get("ANSWERPRINT_ACCESS_KEY"));
    Optional<String> secret = Optional.ofNullable(environment.get("ANSWERPRINT_SECRET_KEY"));
    return new StorageSettings(
        Optional.ofNullable(environment.get("ANSWERPRINT_S3_ENDPOINT")).map(URI::create),
        environment.getOrDefault("ANSWERPRINT_REGION", "us-east-1"),
        access.flatMap(a -> secret.map(s -> new Credentials(a, s))),
        Buckets.prefixed(environment.getOrDefault("ANSWERPRINT_PREFIX", "answerprint")));
  }
}
