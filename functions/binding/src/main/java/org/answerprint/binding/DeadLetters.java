package org.answerprint.binding;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.answerprint.stage.KeptLetter;
import org.answerprint.stage.Stage;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Sends what nobody could do to the dead-letter topic. One that is missing or full is tried a few times more, and then
 * the letter lies in the bucket, which is tried for as long as it takes: a letter that can be put nowhere would end its
 * channel, and all work on it.
 */
@ApplicationScoped
@Identifier(DeadLetters.STRATEGY)
public class DeadLetters implements KafkaFailureHandler.Factory {

  /** What a channel's {@code failure-strategy} names. */
  public static final String STRATEGY = "answerprint-dead-letters";

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_TRY = Duration.ofSeconds(15);
  private static final int MORE_TRIES = 3;
  private static final double JITTER = 0.3;
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaFailureHandler.Factory topic;
  private final Stage stage;

  @Inject
  public DeadLetters(@Identifier(KafkaFailureHandler.Strategy.DEAD_LETTER_QUEUE) KafkaFailureHandler.Factory topic, Stage stage) {
    this.topic = topic;
    this.stage = stage;
  }

  @Override
  public KafkaFailureHandler create(KafkaConnectorIncomingConfiguration config, Vertx vertx, KafkaConsumer<?, ?> consumer,
      BiConsumer<Throwable, Boolean> reportFailure) {
    return new Handler(topic.create(config, vertx, consumer, reportFailure));
  }

  private final class Handler implements KafkaFailureHandler {

    private final KafkaFailureHandler queue;
    private volatile boolean ended;

    Handler(KafkaFailureHandler queue) {
      this.queue = queue;
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> message, Throwable reason, Metadata metadata) {
      return Uni.createFrom().deferred(() -> queue.handle(message, reason, metadata))
          .ifNoItem().after(LONGEST_TRY).fail()
          .onFailure().retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE).withJitter(JITTER).atMost(MORE_TRIES)
          .onFailure().recoverWithUni(refusal -> keep(message, reason, refusal)
              .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
              .onFailure().invoke(trouble -> LOG.warnf("a dead letter of %s can be kept nowhere yet: %s", message.getTopic(), trouble))
              .onFailure(trouble -> !ended).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE).withJitter(JITTER).indefinitely()
              .chain(() -> Uni.createFrom().completionStage(message.ack())));
    }

    private <K, V> Uni<Void> keep(IncomingKafkaRecord<K, V> message, Throwable reason, Throwable refusal) {
      return Uni.createFrom().item(() -> {
        byte[] body = message.getPayload() instanceof byte[] bytes ? bytes : String.valueOf(message.getPayload()).getBytes(StandardCharsets.UTF_8);
        KeptLetter.of(message.getTopic() + "/" + message.getPartition() + "/" + message.getOffset(), String.valueOf(message.getKey()),
            headers(message), body, String.valueOf(reason.getMessage()), String.valueOf(refusal)).keep(stage);
        return null;
      });
    }

    private static Map<String, String> headers(IncomingKafkaRecord<?, ?> message) {
      Map<String, String> headers = new TreeMap<>();
      message.getHeaders().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
      return headers;
    }

    @Override
    public void terminate() {
      ended = true;
      queue.terminate();
    }
  }
}
