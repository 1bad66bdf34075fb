package org.answerprint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {

  @Test
  void anEmptyEnvironmentMeansAws() {
    assertThat(StorageSettings.of(Map.of()))
        .isEqualTo(new StorageSettings(Optional.empty(), "us-east-1", Optional.empty(),
        new Buckets("answerprint-in", "answerprint-work", "answerprint-out")));
  }

  @Test
  void everyVariableHasItsPlace() {
    StorageSettings settings = StorageSettings.of(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9000",
        "ANSWERPRINT_REGION", "eu-central-1",
        "ANSWERPRINT_ACCESS_KEY", "who",
        "ANSWERPRINT_SECRET_KEY", "hush",
        "ANSWERPRINT_PREFIX", "films"));

    assertThat(settings).isEqualTo(new StorageSettings(Optional.of(URI.create("http://127.0.0.1:9000")), "eu-central-1",
        Optional.of(new StorageSettings.Credentials("who", "hush")),
            new Buckets("films-in", "films-work", "films-out")));
    assertThat(settings.toString()).contains("who").doesNotContain("hush");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(() -> StorageSettings.of(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", "127.0.0.1:9000", "ANSWERPRINT_ACCESS_KEY", "who", "ANSWERPRINT_PREFIX", "No Good")))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("ANSWERPRINT_S3_ENDPOINT")
        .hasMessageContaining("ANSWERPRINT_SECRET_KEY")
        .hasMessageContaining("ANSWERPRINT_PREFIX");
  }

  @Test
  void keepsTheSecretOutOfItsComplaint() {
    assertThatThrownBy(() -> StorageSettings.of(Map.of("ANSWERPRINT_SECRET_KEY", "hush")))
        .isInstanceOf(RequestFault.class).hasMessageContaining("ANSWERPRINT_ACCESS_KEY")
            .hasMessageNotContaining("hush");
  }
}
