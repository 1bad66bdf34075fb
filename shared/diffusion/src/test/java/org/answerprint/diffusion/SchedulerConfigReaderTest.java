package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerConfigReaderTest {

  @TempDir
  Path folder;

  @Test
  void readsWhatDiffusersWrote() throws URISyntaxException {
    SchedulerConfig config =
        SchedulerConfigReader.read(Path.of(getClass().getResource("/scheduler_config.json").toURI()));
    assertThat(config.schedule().timesteps()).isEqualTo(1000);
    assertThat(config.schedule().alpha(981)).isCloseTo(0.00577550, within(1e-6));
    assertThat(config.predictionType()).isEqualTo(PredictionType.EPSILON);
    assertThat(config.stepsOffset()).isEqualTo(1);
    assertThat(config.setAlphaToOne()).isFalse();
  }

  @Test
  void takesTheDefaultsOfDiffusersForWhatIsMissing() throws IOException {
    SchedulerConfig config = SchedulerConfigReader.read(write("{\"_class_name\": \"PNDMScheduler\"}"));
    assertThat(config.schedule().alpha(999)).isCloseTo(4.0358e-5, within(1e-8));
    assertThat(config.stepsOffset()).isZero();
    assertThat(config.setAlphaToOne()).isTrue();
  }

  @Test
  void readsEachFieldThatMatters() throws IOException {
    SchedulerConfig config = SchedulerConfigReader.read(write("""
        {"num_train_timesteps": 500, "beta_start": 0.001, "beta_end": 0.01, "beta_schedule": "linear",
         "prediction_type": "v_prediction", "steps_offset": 3, "set_alpha_to_one": true, "skip_prk_steps": true}"""));
    assertThat(config.schedule().timesteps()).isEqualTo(500);
    assertThat(config.schedule().alpha(0)).isCloseTo(0.999, within(1e-12));
    assertThat(config.predictionType()).isEqualTo(PredictionType.VELOCITY);
    assertThat(config.stepsOffset()).isEqualTo(3);
  }

  @Test
  void namesEverythingThatCannotBeRunAtOnce() throws IOException {
    Path file = write("""
        {"num_train_timesteps": 0, "beta_start": -1, "beta_end": "much", "beta_schedule": "squaredcos_cap_v2",
         "steps_offset": 1.5, "set_alpha_to_one": 1, "prediction_type": "sample", "timestep_spacing": "trailing",
         "clip_sample": true, "thresholding": true, "rescale_betas_zero_snr": true, "trained_betas": [0.1]}""");
    assertThatThrownBy(() -> SchedulerConfigReader.read(file)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("num_train_timesteps is 0, where a whole number from 1 to 100000 can be run")
        .hasMessageContaining("beta_start is -1").hasMessageContaining("beta_end is \"much\"")
        .hasMessageContaining("squaredcos_cap_v2").hasMessageContaining("steps_offset is 1.5")
        .hasMessageContaining("set_alpha_to_one is 1").hasMessageContaining("prediction_type is \"sample\"")
        .hasMessageContaining("timestep_spacing is \"trailing\"").hasMessageContaining("clip_sample is true")
        .hasMessageContaining("thresholding is true").hasMessageContaining("rescale_betas_zero_snr is true")
        .hasMessageContaining("trained_betas is [0.1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "null"})
  void refusesWhatIsNoConfig(String text) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> SchedulerConfigReader.read(file)).isInstanceOf(RequestFault.class)
        .hasMessageStartingWith(file.toString());
    assertThatThrownBy(() -> SchedulerConfigReader.read(folder)).isInstanceOf(RequestFault.class);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("scheduler_config.json"), text);
  }
}
