package org.answerprint.storage;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients from settings. */
public final class S3Clients {

  private static final int ATTEMPTS = 6;

  private S3Clients() {}

  /** A client that retries with back-off; the caller closes it. */
  public static S3Client of(StorageSettings settings) {
    return of(settings, ATTEMPTS);
  }

  static S3Client of(StorageSettings settings, int attempts) {
    S3ClientBuilder builder = S3Client.builder()
        .region(Region.of(settings.region()))
        .httpClientBuilder(UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5)).socketTimeout(Duration.ofSeconds(60)))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build()));
    settings.credentials().ifPresent(c -> builder.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create(c.accessKey(), c.secretKey()))));
    settings.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
    return builder.build();
  }
}
