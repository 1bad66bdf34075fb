package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;

class PlanTest {

  private final Plan plan = Plan.of(1000, 2e-3, 1);

  @Test
  void theLearningRateRisesToItsHighestAndFallsToNearlyNothing() {
    assertThat(plan.rate(0)).isCloseTo(2e-3 / 25, within(1e-12));
    assertThat(LongStream.range(0, 1000).mapToDouble(plan::rate).max().orElseThrow()).isCloseTo(2e-3, within(1e-12));
    assertThat(plan.rate(149)).isCloseTo(2e-3, within(1e-12));
    assertThat(plan.rate(999)).isCloseTo(2e-3 * 1e-4 / 25, within(1e-12));
    assertThat(plan.rate(50)).isBetween(plan.rate(0), plan.rate(149));
    assertThat(plan.rate(500)).isBetween(plan.rate(999), plan.rate(149));
  }

  @Test
  void theFirstAveragesKeepLess() {
    assertThat(plan.kept(0)).isCloseTo(0.1, within(1e-12));
    assertThat(plan.kept(100_000)).isEqualTo(0.999);
  }

  @Test
  void aPlanOfOneStepHasARate() {
    assertThat(Plan.of(1, 1e-3, 1).rate(0)).isBetween(0.0, 1e-3);
  }

  @Test
  void refusesWhatIsNoTraining() {
    assertThatThrownBy(() -> Plan.of(0, 1e-3, 1)).isInstanceOf(RequestFault.class).hasMessageContaining("at least 1 step");
    assertThatThrownBy(() -> Plan.of(1, 0, 1)).isInstanceOf(RequestFault.class);
  }
}
