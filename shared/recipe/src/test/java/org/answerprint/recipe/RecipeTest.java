package org.answerprint.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  private static final Duration START = Duration.ZERO;

  @Test
  void laterEntriesWinFieldByField() {
    Recipe recipe = read("""
        prompt: all
        shots:
          - { match: 2, prompt: first, seed: 1, steps: 5 }
          - { match: 2, prompt: second }
          - { match: 3, prompt: other }
        """);

    ShotRecipe shot = recipe.forShot(2, START);

    assertThat(shot.prompt()).contains("second");
    assertThat(shot.seed()).isEqualTo(1);
    assertThat(shot.steps()).hasValue(5);
    assertThat(recipe.forShot(1, START)).isEqualTo(recipe.base());
  }

  @Test
  void aRangeMatchesTheShotsThatStartInItWithoutItsEnd() {
    Recipe recipe = read("prompt: out\nshots: [ { match: 5s-9s, prompt: in } ]");

    assertThat(recipe.forShot(1, Duration.ofSeconds(5).minusNanos(1)).prompt()).contains("out");
    assertThat(recipe.forShot(2, Duration.ofSeconds(5)).prompt()).contains("in");
    assertThat(recipe.forShot(3, Duration.ofSeconds(9).minusNanos(1)).prompt()).contains("in");
    assertThat(recipe.forShot(4, Duration.ofSeconds(9)).prompt()).contains("out");
  }

  @Test
  void aMethodNeverMeetsAnothersOptions() {
    Recipe recipe = read("""
        method: look
        options: { lut: a.cube }
        shots:
          - { match: 1, method: none }
          - { match: 2, options: { lut: b.cube } }
          - { match: 3, method: none }
          - { match: 3, method: look }
          - { match: 4, seed: 3 }
        """);

    assertThat(recipe.forShot(1, START).options()).isEqualTo(Options.NONE);
    assertThat(recipe.forShot(2, START).options().text("lut")).contains("b.cube");
    assertThat(recipe.forShot(3, START).options().text("lut")).contains("a.cube");
    assertThat(recipe.forShot(4, START).method()).isEqualTo("look");
  }

  @Test
  void aStoryItemComesBeforeTheEntriesOfItsShots() {
    Recipe recipe = read("""
        transition: { type: dissolve }
        story:
          - { key: a.mp4, length: 2.5s, prompt: item, seed: 4 }
          - { key: b.png, length: 250ms, transition: { type: cut } }
        shots: [ { match: 2, prompt: entry } ]
        """);

    assertThat(recipe.isStory()).isTrue();
    assertThat(recipe.story().getFirst().length()).contains(Duration.ofMillis(2500));
    assertThat(recipe.forStoryShot(1, 1, START).prompt()).contains("item");
    assertThat(recipe.forStoryShot(1, 2, START).prompt()).contains("entry");
    assertThat(recipe.forStoryShot(1, 2, START).seed()).isEqualTo(4);
    assertThat(recipe.forStoryShot(1, 1, START).transition()).isEqualTo(
        new Transition("dissolve", 12, Optional.empty()));
    assertThat(recipe.forStoryShot(2, 3, START).transition()).isEqualTo(Transition.CUT);
    assertThatThrownBy(() -> recipe.forStoryShot(3, 1, START)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalShotsHaveEqualCanonicalTextHoweverTheyWereWritten() {
    ShotRecipe one = read("method: look\noptions: { lut: a.cube }\nseed: 3").forShot(1, START);
    ShotRecipe other = read("shots: [ { match: 1, seed: 3, options: { lut: a.cube }, method: look } ]")
        .forShot(1, START);

    assertThat(one).isEqualTo(other);
    assertThat(one.canonical()).isEqualTo(other.canonical()).isNotEqualTo(Recipe.DEFAULT.base().canonical());
  }

  @Test
  void shotsCountFromOne() {
    assertThatThrownBy(() -> Recipe.DEFAULT.forShot(0, START)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"3s, 3000000000", "2.5s, 2500000000", "250ms, 250000000", "1m30s, 90000000000", "1h, 3600000000000",
      "0.000000001s, 1", "0.5ms, 500000", "1s500ms, 1500000000", "0:05, 5000000000", "00:00:09.25, 9250000000",
      "1:02:03, 3723000000000", "24h, 86400000000000", "0s, 0"})
  void readsTimesExactly(String text, long nanos) {
    assertThat(Times.parse(text)).contains(Duration.ofNanos(nanos));
    assertThat(Times.parse(Times.format(Duration.ofNanos(nanos)))).contains(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({"3", "s", "-3s", "3 s", "1.5h", "25h", "0.0000000001s", "1e3s", "5:60", "3s2m", "٣s", "''"})
  void refusesWhatIsNoTime(String text) {
    assertThat(Times.parse(text)).isEmpty();
  }

  private static Recipe read(String yaml) {
    return RecipeReader.read(yaml, "recipe.yaml", MethodCatalogue.BUILT_IN).orThrow();
  }
}
