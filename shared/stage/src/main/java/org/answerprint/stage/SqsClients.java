package org.answerprint.stage;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Clients of SQS from a stage's settings; whoever opens one closes it. */
final class SqsClients {

  /** A receipt may wait for 20 s by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private SqsClients() {}

  static SqsClient open(StageSettings settings) {
    SqsClientBuilder client = SqsClient.builder().region(Region.of(settings.storage().region())).credentialsProvider(settings.storage().keys())
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE));
    settings.sqsEndpoint().ifPresent(client::endpointOverride);
    return client.build();
  }
}
