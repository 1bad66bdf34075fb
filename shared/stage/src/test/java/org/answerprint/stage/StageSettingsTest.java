package org.answerprint.stage;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.fleet.FleetSettings;
import org.answerprint.jobs.Prices;
import org.answerprint.media.FixedEncoder;
import org.answerprint.runtime.Engine;
import org.answerprint.storage.StorageSettings;
import org.answerprint.transport.KafkaAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageSettingsTest {

  @Test
  void hasDefaultsForEverything() {
    StageSettings settings = StageSettings.of(Map.of());

    assertThat(settings.storage()).isEqualTo(StorageSettings.of(Map.of()));
    assertThat(settings.prefix()).isEqualTo("answerprint");
    assertThat(settings.transport()).isEqualTo(StageSettings.Transport.KAFKA);
    assertThat(settings.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(settings.kafkaAuth()).isEqualTo(KafkaAuth.NONE);
    assertThat(settings.workQueue()).isEqualTo(StageSettings.Transport.KAFKA);
    assertThat(settings.sqsEndpoint()).isEmpty();
    assertThat(settings.workQueueName()).isEqualTo("answerprint.work");
    assertThat(settings.prices()).isEqualTo(Prices.NONE);
    assertThat(settings.patience()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.lock()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.sweepAge()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.engine()).isEqualTo(Engine.cpu());
    assertThat(settings.models()).hasFileName("answerprint-models");
    assertThat(settings.encoder()).isEmpty();
    assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.fleet()).isEqualTo(FleetSettings.NONE);
    assertThat(settings.worker()).endsWith("-" + ProcessHandle.current().pid());
  }

  @Test
  void everyVariableHasItsPlace() {
    Map<String, String> environment = Map.ofEntries(
        entry("ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9000"),
        entry("ANSWERPRINT_PREFIX", "films"),
        entry("ANSWERPRINT_TRANSPORT", "kafka"),
        entry("ANSWERPRINT_KAFKA", "broker:9"),
        entry("ANSWERPRINT_KAFKA_AUTH", "iam"),
        entry("ANSWERPRINT_WORK_QUEUE", "SQS"),
        entry("ANSWERPRINT_SQS_ENDPOINT", "http://127.0.0.1:9324"),
        entry("ANSWERPRINT_WORK_QUEUE_NAME", "gpu"),
        entry("ANSWERPRINT_PRICE_PER_SECOND", "0.0004"),
        entry("ANSWERPRINT_CURRENCY", "EUR"),
        entry("ANSWERPRINT_WORKER_GFLOPS", "20000"),
        entry("ANSWERPRINT_PATIENCE_SECONDS", "7"),
        entry("ANSWERPRINT_LOCK_SECONDS", "15"),
        entry("ANSWERPRINT_SWEEP_AGE_SECONDS", "0"),
        entry("ANSWERPRINT_RETRY_SECONDS", "3"),
        entry("ANSWERPRINT_SCRATCH", "/scratch"),
        entry("ANSWERPRINT_MODELS", "/models"),
        entry("ANSWERPRINT_ENGINE", "cuda:3"),
        entry("ANSWERPRINT_ENCODER", "h264_nvenc"),
        entry("ANSWERPRINT_IDLE_SECONDS", "90"),
        entry("ANSWERPRINT_GPU_SLOT", "3"));

    assertThat(StageSettings.of(environment)).isEqualTo(new StageSettings(StorageSettings.of(environment), "films",
        StageSettings.Transport.KAFKA, "broker:9", KafkaAuth.IAM, StageSettings.Transport.SQS, Optional.of(URI.create("http://127.0.0.1:9324")), "gpu",
            new Prices(new BigDecimal("0.0004"), "EUR", 20_000),
        Duration.ofSeconds(7), Duration.ofSeconds(15), Duration.ZERO, Duration.ofSeconds(3), Path.of("/scratch"), Path.of("/models"), new Engine.Cuda(3),
        StageSettings.of(environment).worker(), Optional.of(FixedEncoder.NVENC), Duration.ofSeconds(90),
        FleetSettings.of(environment)));
    assertThat(FleetSettings.of(environment).slot()).hasValue(3);
  }

  @Test
  void workTravelsOnWhatFactsTravelOnUnlessItIsToldOtherwise() {
    assertThat(StageSettings.of(Map.of("ANSWERPRINT_TRANSPORT", "sqs")).workQueue()).isEqualTo(StageSettings.Transport.SQS);
    assertThat(StageSettings.of(Map.of("ANSWERPRINT_TRANSPORT", "sqs", "ANSWERPRINT_WORK_QUEUE", "kafka")).workQueue())
        .isEqualTo(StageSettings.Transport.KAFKA);
  }

  @ParameterizedTest
  @CsvSource({
    "ANSWERPRINT_S3_ENDPOINT, 127.0.0.1:9000",
    "ANSWERPRINT_TRANSPORT, carrier pigeon",
    "ANSWERPRINT_KAFKA, ' '",
    "ANSWERPRINT_KAFKA_AUTH, password",
    "ANSWERPRINT_WORK_QUEUE, rabbit",
    "ANSWERPRINT_SQS_ENDPOINT, not a url",
    "ANSWERPRINT_WORK_QUEUE_NAME, ''",
    "ANSWERPRINT_PRICE_PER_SECOND, cheap",
    "ANSWERPRINT_PRICE_PER_SECOND, -1",
    "ANSWERPRINT_CURRENCY, euro",
    "ANSWERPRINT_WORKER_GFLOPS, 0",
    "ANSWERPRINT_WORKER_GFLOPS, fast",
    "ANSWERPRINT_PATIENCE_SECONDS, 10m",
    "ANSWERPRINT_PATIENCE_SECONDS, -1",
    "ANSWERPRINT_LOCK_SECONDS, 0",
    "ANSWERPRINT_LOCK_SECONDS, 1801",
    "ANSWERPRINT_SWEEP_AGE_SECONDS, 1.5",
    "ANSWERPRINT_WORKER, ''",
    "ANSWERPRINT_ENGINE, gpu",
    "ANSWERPRINT_ENGINE, cuda:x",
    "ANSWERPRINT_ENCODER, libx265",
    "ANSWERPRINT_IDLE_SECONDS, long",
    "ANSWERPRINT_GPU_SLOT, 0",
  })
  void refusesWhatIsWrong(String name, String value) {
    assertThatThrownBy(() -> StageSettings.of(Map.of(name, value)))
        .isInstanceOf(RequestFault.class).hasMessageContaining(name + " is '" + value + "'");
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThatThrownBy(() -> StageSettings.of(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", "nowhere", "ANSWERPRINT_ACCESS_KEY", "who", "ANSWERPRINT_WORK_QUEUE", "rabbit",
        "ANSWERPRINT_PRICE_PER_SECOND", "x", "ANSWERPRINT_PATIENCE_SECONDS", "y")))
        .isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("ANSWERPRINT_S3_ENDPOINT", "ANSWERPRINT_SECRET_KEY", "give kafka or sqs",
            "ANSWERPRINT_PRICE_PER_SECOND",
            "ANSWERPRINT_PATIENCE_SECONDS");
  }
}
