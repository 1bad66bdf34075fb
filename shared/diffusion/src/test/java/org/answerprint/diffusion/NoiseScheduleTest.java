package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseScheduleTest {

  @ParameterizedTest
  @CsvSource({"0, 0.999150", "1, 0.998296", "21, 0.980381", "481, 0.302296", "981, 0.00577550", "999, 0.00466010"})
  void scaledLinearBetasLeaveWhatStableDiffusionWasTrainedWith(int timestep, double alpha) {
    assertThat(NoiseSchedule.scaledLinear(1000, 0.00085, 0.012).alpha(timestep)).isCloseTo(alpha, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.999900", "500, 0.0777967", "999, 4.0358e-5"})
  void linearBetasLeaveWhatSeineWasTrainedWith(int timestep, double alpha) {
    assertThat(NoiseSchedule.linear(1000, 1e-4, 0.02).alpha(timestep)).isCloseTo(alpha, within(1e-6));
  }

  @Test
  void takesNoBetaThatIsNone() {
    assertThatThrownBy(() -> NoiseSchedule.ofBetas()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoiseSchedule.ofBetas(0.1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoiseSchedule.ofBetas(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(NoiseSchedule.linear(1, 0.1, 0.2).alpha(0)).isCloseTo(0.9, within(1e-12));
  }
}
