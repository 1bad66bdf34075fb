package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSettingsTest {

  private static final Map<String, String> ALL = Map.ofEntries(
      Map.entry("ANSWERPRINT_BATCH_ENDPOINT", "http://127.0.0.1:9400"),
      Map.entry("ANSWERPRINT_LONG_FILM_SECONDS", "600"),
      Map.entry("ANSWERPRINT_LONG_QUEUE", "films-long"),
      Map.entry("ANSWERPRINT_LONG_EXTRACT", "films-extract"),
      Map.entry("ANSWERPRINT_LONG_ASSEMBLE", "films-assemble"),
      Map.entry("ANSWERPRINT_GPU_QUEUE", "films-gpu"),
      Map.entry("ANSWERPRINT_GPU_JOB", "films-worker"),
      Map.entry("ANSWERPRINT_GPU_JOBS_AT_MOST", "4"),
      Map.entry("ANSWERPRINT_GPU_START_SECONDS", "345"),
      Map.entry("ANSWERPRINT_GPU_START_SHARE", "0.25"),
      Map.entry("ANSWERPRINT_GPU_SLOT", "2"));

  @Test
  void withoutVariablesEverythingIsDoneHere() {
    assertThat(FleetSettings.of(Map.of())).isEqualTo(FleetSettings.NONE);
  }

  @Test
  void everyVariableHasItsPlace() {
    assertThat(FleetSettings.of(ALL)).isEqualTo(new FleetSettings(Optional.of(URI.create("http://127.0.0.1:9400")),
        Optional.of(new LongFilms(Duration.ofMinutes(10), "films-long", "films-extract", "films-assemble")),
        Optional.of(new GpuFleet("films-gpu", "films-worker", 4, Duration.ofSeconds(345), 0.25)), OptionalInt.of(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "ANSWERPRINT_BATCH_ENDPOINT, not a url",
    "ANSWERPRINT_LONG_FILM_SECONDS, 10m",
    "ANSWERPRINT_LONG_FILM_SECONDS, 0",
    "ANSWERPRINT_LONG_QUEUE, a queue",
    "ANSWERPRINT_LONG_EXTRACT, ''",
    "ANSWERPRINT_LONG_ASSEMBLE, -x",
    "ANSWERPRINT_GPU_QUEUE, ''",
    "ANSWERPRINT_GPU_JOB, a/b",
    "ANSWERPRINT_GPU_JOBS_AT_MOST, 0",
    "ANSWERPRINT_GPU_START_SECONDS, 0",
    "ANSWERPRINT_GPU_START_SHARE, 0",
    "ANSWERPRINT_GPU_START_SHARE, 0.0",
    "ANSWERPRINT_GPU_START_SHARE, 1",
    "ANSWERPRINT_GPU_SLOT, first",
  })
  void refusesWhatIsWrong(String name, String value) {
    Map<String, String> environment = new HashMap<>(ALL);
    environment.put(name, value);
    assertThatThrownBy(() -> FleetSettings.of(environment)).isInstanceOf(RequestFault.class)
        .hasMessageContaining(name + " is '" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({"ANSWERPRINT_LONG_QUEUE", "ANSWERPRINT_LONG_FILM_SECONDS", "ANSWERPRINT_GPU_JOB", "ANSWERPRINT_GPU_START_SHARE"})
  void halfASettingIsNone(String missing) {
    Map<String, String> environment = new HashMap<>(ALL);
    environment.remove(missing);
    assertThat(FleetSettings.problems(environment)).singleElement().asString().startsWith(missing + " is missing");
  }
}
