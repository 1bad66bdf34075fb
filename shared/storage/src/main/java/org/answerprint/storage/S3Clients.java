package org.answerprint.storage;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients from settings. */
public final class S3Clients {

  /** One quick second try; longer trouble is {@link Patience}'s. */
  private static final int ATTEMPTS = 2;

  /** A server that is silent for this long is asked again; it may have been frozen, or the line cut. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** Bounds a body that is written to somebody who reads none of it. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  private S3Clients() {}

  /** A client that gives every call a second try; the caller closes it. */
  public static S3Client of(StorageSettings settings) {
    return of(settings, ATTEMPTS, SILENCE);
  }

  static S3Client of(StorageSettings settings, int attempts, Duration silence) {
    S3ClientBuilder builder = S3Client.builder()
        .region(Region.of(settings.region()))
        .credentialsProvider(settings.keys())
        .httpClientBuilder(UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5)).socketTimeout(silence))
        .overrideConfiguration(c -> c.apiCallAttemptTimeout(LONGEST_CALL)
            .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build()));
    settings.endpoint().filter(UnhashedBodies::suit).ifPresent(here -> builder.putAuthScheme(new UnhashedBodies()));
    settings.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
    return builder.build();
  }
}
