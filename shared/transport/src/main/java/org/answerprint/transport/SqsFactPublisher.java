package org.answerprint.transport;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Publishes to the queue of the fact's channel, as a {@link StructuredEvent}. Returns when SQS has stored it; the client
 * asks again by its own rules, and what it gives up on is a {@link TransientFault}. Standard queues keep no order. Looks
 * a queue up once and never makes one. A message is smaller than 256 KiB.
 */
public final class SqsFactPublisher implements FactPublisher {

  private static final int MOST_BYTES = 256 * 1024;

  private final SqsClient client;
  private final String prefix;
  private final FactCodec codec;
  private final Clock clock;
  private final Map<String, String> addresses = new ConcurrentHashMap<>();

  /**
   * A publisher to {@code <prefix>-accepted} and its like.
   *
   * @param client closed with the publisher
   */
  public SqsFactPublisher(SqsClient client, String prefix, FactCodec codec, Clock clock) {
    this.client = client;
    this.prefix = prefix;
    this.codec = codec;
    this.clock = clock;
  }

  @Override
  public void publish(Fact fact) {
    Envelope envelope = codec.write(BriefFact.of(fact), clock.instant());
    String body = StructuredEvent.write(envelope);
    // all of it is ASCII
    if (body.length() >= MOST_BYTES) {
      throw new InternalFault("the fact " + envelope.id() + " takes " + body.length() + " bytes, and a message of SQS holds fewer than " + MOST_BYTES);
    }
    String queue = fact.channel().queue(prefix);
    try {
      String address = addresses.computeIfAbsent(queue, name -> client.getQueueUrl(request -> request.queueName(name)).queueUrl());
      client.sendMessage(request -> request.queueUrl(address).messageBody(body));
    } catch (SdkException trouble) {
      throw new TransientFault("could not publish " + envelope.id() + " to the queue " + queue + " (" + trouble.getMessage()
          + "); check that there is such a queue, that it may be sent to and that the service answers, and try again", trouble);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
