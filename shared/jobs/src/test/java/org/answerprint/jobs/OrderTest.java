package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void aShotIsFoundByItsTimeHoweverShortTicksAre() {
    Order usual = Samples.order("shots: [ { match: 1999s-2001s, prompt: late } ]");
    Order fine = new Order(usual.sources(), usual.recipe(), usual.encoder(), new TimeBase(1, 10_000_000), usual.assets(), usual.models(),
        usual.pricing(), usual.estimate(), usual.ingestSeconds());
    assertThat(fine.recipeFor(0, 9, 20_000_000_000L).prompt()).contains("late");
    assertThat(fine.recipeFor(0, 9, 20_010_000_000L).prompt()).isEmpty();
  }
}
