package org.answerprint.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.answerprint.events.Channel;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.testkit.LambdaCalls;
import org.answerprint.testkit.Queues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** Batches, with the queue that they came from. */
class BatchesTest {

  private static final Fact FACT = new Fact.ShotFound(new JobId("job"), 3);
  private static Queues queues;
  private static Stage stage;
  private static GivingBack back;
  private static Batches batches;

  @BeforeAll
  static void start() {
    queues = Queues.start("answerprint");
    stage = new Stage(StageSettings.of(Map.of("ANSWERPRINT_TRANSPORT", "sqs", "ANSWERPRINT_SQS_ENDPOINT", queues.endpoint(),
        "ANSWERPRINT_ACCESS_KEY", "x", "ANSWERPRINT_SECRET_KEY", "x", "ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9")),
        "/answerprint/test", new SimpleMeterRegistry());
    back = new GivingBack(stage);
    batches = new Batches(stage, back);
  }

  @AfterAll
  static void stop() {
    back.close();
    stage.close();
    queues.close();
  }

  @Test
  void aFactIsReadFromAQueueAndFromATopic() throws IOException {
    List<Fact> facts = new ArrayList<>();
    batches.each(read(LambdaCalls.sqs("parts", LambdaCalls.body(FACT))), item -> facts.add(item.fact()));
    batches.each(read(LambdaCalls.kafka(FACT)), item -> facts.add(item.fact()));
    assertThat(facts).containsExactly(FACT, FACT);
  }

  @Test
  void onlyWhatFailedIsNamedAndAWrongRequestDidNotFail() throws IOException {
    BatchAnswer answer = batches.each(read(LambdaCalls.sqs("parts", "fine", "wrong", "unwell", "ours", "fine")), item -> {
      switch (item.body()) {
        case "wrong" -> throw new RequestFault("wrong");
        case "unwell" -> throw new TransientFault("unwell");
        case "ours" -> throw new InternalFault("ours");
        default -> { }
      }
    });
    assertThat(answer.batchItemFailures()).extracting(BatchAnswer.Failure::itemIdentifier).containsExactly("message-3", "message-4");
    assertThat(new ObjectMapper().writeValueAsString(answer))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-3\"},{\"itemIdentifier\":\"message-4\"}]}");
  }

  @Test
  void troubleWithARecordOfKafkaIsThrownSoThatTheBatchComesAgain() {
    assertThatThrownBy(() -> batches.each(read(LambdaCalls.kafka(FACT)), item -> {
      throw new TransientFault("unwell");
    })).isInstanceOf(TransientFault.class);
  }

  @Test
  void aFailedMessageIsHiddenForAPauseInsteadOfAnHour() throws IOException {
    queues.send(Channel.READY, "film");
    Message message = queues.receive(Channel.READY, 3600).getFirst();
    ObjectNode call = (ObjectNode) read(LambdaCalls.sqs("ready", message.body()));
    ((ObjectNode) call.get("Records").get(0)).put("receiptHandle", message.receiptHandle());
    // a pause of no length at all, so that no test has to wait for it
    GivingBack atOnce = new GivingBack(stage, Duration.ZERO);
    assertThat(new Batches(stage, atOnce).each(call, item -> {
      throw new TransientFault("unwell");
    }).batchItemFailures()).hasSize(1);
    assertThat(queues.receive(Channel.READY, 3600)).extracting(Message::messageId).containsExactly(message.messageId());
    atOnce.close();
  }

  @Test
  void thePauseGrowsWithEveryReceipt() {
    assertThat(List.of(1, 2, 3, 9)).extracting(back::pauseAfter)
        .containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(8), Duration.ofMinutes(8));
  }

  private static JsonNode read(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
