package org.answerprint.queue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A queue on an SQS server. */
final class SqsPlace implements Place {

  private final String endpoint;
  private final String name;
  private final SqsAddress address;

  SqsPlace(String endpoint, String name) {
    this.endpoint = endpoint;
    this.name = name;
    this.address = SqsAddress.create(client(endpoint), name);
  }

  static SqsClient client(String endpoint, ExecutionInterceptor... watchers) {
    return SqsClient.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(settings -> List.of(watchers).forEach(settings::addExecutionInterceptor))
        .build();
  }

  @Override
  public WorkSender sender() {
    return new SqsWorkSender(address);
  }

  @Override
  public WorkQueue open(QueueOptions options) {
    return new SqsQueue(address, options);
  }

  @Override
  public List<String> arguments() {
    return List.of("sqs", endpoint, name);
  }

  @Override
  public List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    List<Message> messages = receive();
    while (!messages.isEmpty()) {
      messages.forEach(message -> letters.add(DeadLetter.read(
          SqsWorkSender.key(message), SqsWorkSender.headers(message), SqsWorkSender.body(message))));
      messages = receive();
    }
    return letters;
  }

  private List<Message> receive() {
    return address.client().receiveMessage(request -> request
        .queueUrl(address.deadUrl())
        .maxNumberOfMessages(10)
        .waitTimeSeconds(0)
        .messageAttributeNames("All")).messages();
  }
}
