package org.answerprint.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FactLogTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
  private final FactLog facts = new FactLog(meters, clock);
  private final List<String> lines = new ArrayList<>();
  private final Logger logger = Logger.getLogger(FactLog.LOGGER);
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() { }

    @Override
    public void close() { }
  };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  @Test
  void writesOneLineOfJsonPerFactWithItsFieldsInOrder() {
    facts.say(FactLine.of("shot_edited", "ab12").shot(3).attempt(1).with("method", "look").with("seconds", 1.5));
    assertThat(lines).containsExactly("{\"time\":\"2026-11-21T10:00:00Z\",\"fact\":\"shot_edited\",\"job\":\"ab12\","
        + "\"shot\":3,\"attempt\":1,\"method\":\"look\",\"seconds\":1.5}");
  }

  @Test
  void leavesOutShotAndAttemptWhereTheFactIsAboutTheJob() {
    facts.say(FactLine.of("film_planned", "ab12"));
    assertThat(lines.getFirst()).endsWith("\"fact\":\"film_planned\",\"job\":\"ab12\"}");
  }

  @Test
  void staysOneLineWhateverTheTextHolds() throws Exception {
    facts.say(FactLine.of("task_failed", "ab12").with("reason", "first\nsecond {} \"quoted\""));
    assertThat(lines.getFirst()).doesNotContain("\n");
    assertThat(new JsonMapper().readTree(lines.getFirst()).get("reason").textValue())
        .isEqualTo("first\nsecond {} \"quoted\"");
  }

  @Test
  void countsEachFactByItsName() {
    facts.say(FactLine.of("shot_edited", "ab12").shot(1));
    facts.say(FactLine.of("shot_edited", "cd34").shot(2));
    facts.say(FactLine.of("film_planned", "cd34"));
    assertThat(meters.get("answerprint.facts").tag("fact", "shot_edited").counter().count()).isEqualTo(2);
    assertThat(meters.get("answerprint.facts").tag("fact", "film_planned").counter().count()).isEqualTo(1);
  }

  @Test
  void namesAFactByItsEventType() {
    assertThat(FactLine.nameOf("org.answerprint.shot.edited.v1")).isEqualTo("shot_edited");
    assertThatThrownBy(() -> FactLine.nameOf("com.example.other.v1")).hasMessageContaining("com.example.other.v1");
  }

  @Test
  void refusesNamesAndFieldsThatWouldConfuseAReader() {
    assertThatThrownBy(() -> FactLine.of("ShotEdited", "ab12")).hasMessageContaining("snake case");
    assertThatThrownBy(() -> FactLine.of("shot_edited", "ab12").with("job", "other")).hasMessageContaining("job");
  }
}
