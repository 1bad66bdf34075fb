package org.answerprint.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.answerprint.events.Channel;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A server of SQS in this process, with the queues of a system as {@code terraform/} describes them. */
public final class Queues implements AutoCloseable {

  /** How often a message is received before its queue makes a dead letter of it. */
  public static final int RECEIVES = 3;

  private static final List<Channel> CHANNELS =
      List.of(Channel.STORAGE, Channel.ACCEPTED, Channel.PARTS, Channel.READY, Channel.ENDED, Channel.WORK);

  private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
  private static final QueueAttributeName HIDDEN = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

  private final String prefix;
  private final SQSRestServer server;
  private final String endpoint;
  private final SqsClient client;

  private Queues(String prefix, SQSRestServer server) {
    this.prefix = prefix;
    this.server = server;
    this.endpoint = "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort();
    this.client = SqsClient.builder().endpointOverride(URI.create(endpoint)).region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
        .httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    CHANNELS.forEach(this::create);
  }

  /** Starts the server and creates the queues of this prefix. */
  public static Queues start(String prefix) {
    return new Queues(prefix, SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start());
  }

  /** The queues of another system on the same server, which ends with this. */
  public Queues alike(String other) {
    return new Queues(other, server);
  }

  private void create(Channel channel) {
    String name = channel.queue(prefix);
    String dead = client.createQueue(request -> request.queueName(name + "-dead")).queueUrl();
    String arn = client.getQueueAttributes(request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes().get(QueueAttributeName.QUEUE_ARN);
    client.createQueue(request -> request.queueName(name).attributes(Map.of(
        QueueAttributeName.REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"" + RECEIVES + "\"}")));
  }

  public String endpoint() {
    return endpoint;
  }

  public SqsClient client() {
    return client;
  }

  /** Puts a message into the channel's queue. */
  public void send(Channel channel, String body) {
    String url = url(channel.queue(prefix));
    client.sendMessage(request -> request.queueUrl(url).messageBody(body));
  }

  /** Takes the messages that are there, hidden for so long. */
  public List<Message> receive(Channel channel, int hiddenSeconds) {
    return receive(channel.queue(prefix), hiddenSeconds);
  }

  private List<Message> receive(String queue, int hiddenSeconds) {
    String url = url(queue);
    return client.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(0)
        .visibilityTimeout(hiddenSeconds).messageAttributeNames("All").messageSystemAttributeNamesWithStrings("All")).messages();
  }

  /** What the channel has as dead letters; they stay there. */
  public List<Message> dead(Channel channel) {
    return receive(channel.queue(prefix) + "-dead", 0);
  }

  /** How many messages lie in the channel's queue, hidden ones included. */
  public int count(Channel channel) {
    String url = url(channel.queue(prefix));
    return client.getQueueAttributes(request -> request.queueUrl(url).attributeNames(WAITING, HIDDEN)).attributes().values().stream()
        .mapToInt(Integer::parseInt).sum();
  }

  private String url(String queue) {
    return client.getQueueUrl(request -> request.queueName(queue)).queueUrl();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
