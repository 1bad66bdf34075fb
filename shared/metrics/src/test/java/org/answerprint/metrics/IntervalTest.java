package org.answerprint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void proportionsHaveWilsonsInterval() {
    // Newcombe (1998), table I, method 3.
    requireInterval(Wilson.of(81, 263), 0.2553, 0.3662);
    requireInterval(Wilson.of(15, 148), 0.0624, 0.1605);
    requireInterval(Wilson.of(0, 20), 0, 0.1611);
    requireInterval(Wilson.of(1, 29), 0.0061, 0.1718);
    requireInterval(Wilson.of(20, 20), 1 - 0.1611, 1);
  }

  private static void requireInterval(Interval found, double lower, double upper) {
    assertThat(found.lower()).isEqualTo(lower, within(5e-5));
    assertThat(found.upper()).isEqualTo(upper, within(5e-5));
  }

  @Test
  void whatAllValuesAreIsSure() {
    assertThat(Bootstrap.ofSeed(1).mean(4, 4, 4)).isEqualTo(new Interval(4, 4, 4));
  }

  @Test
  void theBootstrapComesNearTheIntervalOfTheNormalDistribution() {
    Random random = new Random(3);
    double[] values = random.doubles(400, 0, 1).toArray();
    Interval found = Bootstrap.ofSeed(9).mean(values);
    double reach = 1.96 * Math.sqrt(1 / 12.0 / 400);
    assertThat(found.estimate()).isEqualTo(Arrays.stream(values).average().orElseThrow(), within(1e-12));
    assertThat(found.upper() - found.lower()).isEqualTo(2 * reach, within(0.15 * reach));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] values = {1, 5, 2, 8};
    assertThat(Bootstrap.ofSeed(7).mean(values)).isEqualTo(Bootstrap.ofSeed(7).mean(values));
  }

  @Test
  void pairsTellADifferenceThatWholesHide() {
    double[] hard = new Random(4).doubles(50, 0, 100).toArray();
    double[] better = Arrays.stream(hard).map(value -> value + 1).toArray();
    assertThat(Bootstrap.ofSeed(1).difference(better, hard).lower()).isEqualTo(1, within(1e-9));
    assertThat(Bootstrap.ofSeed(1).difference(better, hard).excludesZero()).isTrue();
    assertThat(Bootstrap.ofSeed(1).difference(hard, hard).excludesZero()).isFalse();
    assertThat(Bootstrap.ofSeed(1).mean(better).lower()).isLessThan(Bootstrap.ofSeed(1).mean(hard).upper());
  }

  @Test
  void nothingIsNoTrial() {
    assertThatThrownBy(() -> Wilson.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Wilson.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bootstrap.ofSeed(1).mean()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bootstrap.ofSeed(1).difference(new double[1], new double[2])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bootstrap(39, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
