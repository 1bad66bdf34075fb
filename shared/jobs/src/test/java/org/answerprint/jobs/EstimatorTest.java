package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.pipeline.ByArea;
import org.answerprint.pipeline.ImageModelWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorTest {

  private static final ImageModelWork WORK = new ImageModelWork(new ByArea(1, 0.01, 1e-6), new ByArea(0, 0.01, 0), new ByArea(0, 0.02, 0),
      5, 2, 0, 512, 64, 8);
  private static final Pricing PRICING = new Pricing(new Prices(new BigDecimal("0.001"), "EUR", 100), Map.of("tiny", WORK));
  private static final String PIX2VIDEO = "method: pix2video\nmodel: tiny\nprompt: snow\nsourcePrompt: grass\nsteps: 10\n";

  @ParameterizedTest
  @ValueSource(strings = {"method: none", "transition: { type: dissolve, frames: 24 }", "transition: { type: morph, frames: 80 }", PIX2VIDEO,
      "shots: [{ match: 2, method: look, options: { lut: looks/a.cube } }]",
      PIX2VIDEO + "shots: [{ match: 1, steps: 40 }, { match: 2, options: { resolution: 768 } }, { match: 3, options: { start: random } }]",
      PIX2VIDEO + "shots: [{ match: 1, method: none }, { match: 2, method: pix2video, steps: 2, transition: { type: morph, frames: 9 } }]"})
  void whatIsPlannedNeverCostsMoreThanWasSaidBefore(String recipe) {
    Order order = order(recipe);
    List<PlannedShot> shots = Samples.shots(Samples.job(order), 100, 30, 2, 118);
    Estimate before = order.estimator().atMost(250);
    Estimate planned = order.estimator().of(order, shots);

    assertThat(planned.frames()).isEqualTo(250);
    assertThat(planned.seconds()).isPositive().isLessThanOrEqualTo(before.seconds() * (1 + 1e-9));
    assertThat(planned.cost()).isLessThanOrEqualTo(before.cost());
    assertThat(before.cost().doubleValue()).isCloseTo(before.seconds() * 0.001, within(1e-6));
  }

  @Test
  void moreStepsLargerPicturesAndSlowerWorkersCostMore() {
    double usual = atMost(PIX2VIDEO, PRICING);
    assertThat(atMost(PIX2VIDEO.replace("10", "20"), PRICING)).isBetween(1.5 * usual, 2 * usual);
    assertThat(atMost(PIX2VIDEO + "options: { resolution: 1024 }", PRICING)).isGreaterThan(3 * usual);
    assertThat(atMost(PIX2VIDEO + "options: { start: random }", PRICING)).isBetween(0.6 * usual, 0.8 * usual);
    assertThat(atMost(PIX2VIDEO, new Pricing(new Prices(BigDecimal.ONE, "EUR", 50), PRICING.models()))).isGreaterThan(1.5 * usual);
  }

  @Test
  void onlyTheShotsThatAreEditedAreCharged() {
    Order order = order("shots: [{ match: 2, method: pix2video, model: tiny, prompt: snow, sourcePrompt: grass, steps: 10 }]");
    double some = order.estimator().of(order, Samples.shots(Samples.job(order), 240, 10)).seconds();
    double most = order.estimator().of(order, Samples.shots(Samples.job(order), 10, 240)).seconds();
    assertThat(some).isLessThan(most / 20);
  }

  @Test
  void aModelThatStandsApartFromItsMethodIsAskedFor() {
    Order order = order("shots: [{ match: 1, model: other }, { match: 1, method: pix2video, prompt: snow, sourcePrompt: grass }]");
    List<PlannedShot> shots = Samples.shots(Samples.job(order), 10);
    assertThatThrownBy(() -> order.estimator().of(order, shots)).isInstanceOf(RequestFault.class)
        .hasMessageContainingAll("shot 1", "pix2video", "the model other", "put both into one");
  }

  @Test
  void framesAreThoseOfTheContainerOrOfTheTimeThatAStoryTakes() {
    assertThat(Estimator.frames(Samples.info(), Optional.empty(), Samples.encoder()))
        .isGreaterThanOrEqualTo(Samples.info().video().frameCount()).isPositive();
    assertThat(Estimator.frames(Samples.info(), Optional.of(Duration.ofMillis(1010)), Samples.encoder())).isEqualTo(26);
  }

  @Test
  void amountsAreWrittenOutInFull() {
    Prices prices = new Prices(new BigDecimal("0.00022"), "USD", 1);
    assertThat(prices.words(prices.cost(0.001))).isEqualTo("0 USD");
    assertThat(prices.words(prices.cost(1))).isEqualTo("0.00022 USD");
    assertThat(prices.words(prices.cost(5_000_000))).isEqualTo("1100 USD");
    assertThat(prices.charge()).isTrue();
    assertThat(Prices.NONE.charge()).isFalse();
    assertThatThrownBy(() -> new Prices(BigDecimal.ONE, "euro", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static double atMost(String recipe, Pricing pricing) {
    Order order = order(recipe);
    return new Estimator(order.recipe(), order.encoder(), pricing).atMost(250).seconds();
  }

  private static Order order(String recipe) {
    Order o = Samples.order(recipe);
    return new Order(o.sources(), o.recipe(), o.encoder(), o.timeBase(), o.assets(), o.models(), PRICING, o.estimate(), o.ingestSeconds());
  }
}
