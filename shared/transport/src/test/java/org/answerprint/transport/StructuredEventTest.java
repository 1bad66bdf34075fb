package org.answerprint.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.JobId;
import org.answerprint.events.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredEventTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Fact FACT = new Fact.JobEnded(new JobId("job"), EndState.FAILED, Optional.of("a \"film\" für \u0001 \ufffe"), Optional.empty());
  private static final Envelope ENVELOPE = new FactCodec("/answerprint/test").write(FACT, NOW);

  @Test
  void aForeignReaderUnderstandsWhatIsWritten() {
    CloudEvent event = new JsonFormat().deserialize(StructuredEvent.write(ENVELOPE).getBytes(StandardCharsets.UTF_8));
    assertThat(event.getId()).isEqualTo(FACT.id());
    assertThat(event.getType()).isEqualTo(Fact.JobEnded.TYPE);
    assertThat(event.getSubject()).isEqualTo("job");
    assertThat(event.getTime().toInstant()).isEqualTo(NOW);
    assertThat(FactCodec.readFact(event.getType(), event.getData().toBytes())).isEqualTo(FACT);
  }

  @Test
  void whatAForeignWriterWroteIsRead() {
    byte[] json = new JsonFormat().serialize(CloudEventBuilder.v1().withId("1").withSource(URI.create("/somebody")).withType(Fact.FilmPlanned.TYPE)
        .withSubject("job").withTime(OffsetDateTime.parse("2026-11-21T12:00:00+02:00")).withExtension("tenant", "x")
        .withData("application/json", "{\"jobId\":\"job\"}".getBytes(StandardCharsets.UTF_8)).build());
    Envelope read = StructuredEvent.read(new String(json, StandardCharsets.UTF_8));
    assertThat(read.time()).isEqualTo(NOW);
    assertThat(FactCodec.read(read)).isEqualTo(new Fact.FilmPlanned(new JobId("job")));
  }

  @Test
  void comesBackAsItWasAndIsAscii() {
    String json = StructuredEvent.write(ENVELOPE);
    assertThat(json.chars()).allMatch(c -> c >= ' ' && c < 127);
    assertThat(FactCodec.read(StructuredEvent.read(json))).isEqualTo(FACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "nonsense", "{}", "{\"specversion\":\"0.3\",\"data\":{}}", "{\"specversion\":\"1.0\"}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"yesterday\",\"data\":{}}",
      "{\"specversion\":\"1.0\",\"id\":1,\"source\":\"/a\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"2026-11-21T10:00:00Z\",\"data\":{}}"})
  void refusesWhatIsNoCloudEvent(String text) {
    assertThatThrownBy(() -> StructuredEvent.read(text)).isInstanceOf(MalformedEventException.class);
  }
}
