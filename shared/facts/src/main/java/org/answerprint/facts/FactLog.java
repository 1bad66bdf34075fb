package org.answerprint.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each fact as one line of JSON to the logger {@value #LOGGER} and counts it as
 * {@code answerprint_facts_total{fact}}. Safe to share.
 */
public final class FactLog {

  /** The logger's name; its lines are whole JSON objects, so give it a layout of the message alone. */
  public static final String LOGGER = "facts";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final JsonMapper JSON = new JsonMapper();

  private final MeterRegistry meters;
  private final Clock clock;

  public FactLog(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** A log in the system's time. */
  public FactLog(MeterRegistry meters) {
    this(meters, Clock.systemUTC());
  }

  /** Logs and counts the fact. */
  public void say(FactLine line) {
    Counter.builder("answerprint.facts")
        .description("Facts said")
        .tag("fact", line.fact())
        .register(meters)
        .increment();
    log.info(json(line));
  }

  private String json(FactLine line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", clock.instant().toString());
    fields.put("fact", line.fact());
    fields.put("job", line.job());
    line.shot().ifPresent(shot -> fields.put("shot", shot));
    line.attempt().ifPresent(attempt -> fields.put("attempt", attempt));
    fields.putAll(line.more());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException unfit) {
      throw new IllegalArgumentException(
          "the fact " + line.fact() + " has a field that is no text, number, boolean, list or map", unfit);
    }
  }
}
