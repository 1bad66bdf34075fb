package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.answerprint.toybox.Attributes;
import org.junit.jupiter.api.Test;

class CaptionsTest {

  private final Attributes shown = Attributes.of("a striped red metal ball jumping on snow").orElseThrow();

  @Test
  void mostCaptionsSayAllAndSomeSayLessMoreOrNothing() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> captions = Stream.generate(() -> Captions.of(shown, random)).limit(2000).toList();
    assertThat(captions).contains("", "a striped red metal ball on snow", "a striped red metal ball jumping on snow",
        "a red ball on snow", "a metal ball");
    assertThat(captions.stream().filter(String::isEmpty).count()).isBetween(150L, 250L);
    assertThat(captions.stream().filter("a striped red metal ball on snow"::equals).count()).isGreaterThan(900);
  }

  @Test
  void knowsTheWordsOfEveryCaption() {
    assertThat(Captions.words()).contains("a", "striped", "cylinder", "asphalt", "closer", "zoom").doesNotHaveDuplicates().isSorted();
  }
}
