package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edit --preview}, as far as it needs no system. */
class PreviewTest {

  private static final int RATE = 24;
  private static final SampleFilm FILM = SampleFilm.of(160, 90, RATE, 48, 7);

  @TempDir
  private static Path folder;

  private static Recipe recipe(String text) {
    return RecipeReader.read("method: pix2video\nprompt: day\nshots:\n  - " + text + "\n", "r.yaml", Methods.catalogue()).orThrow();
  }

  @Test
  void showsWhatEachShotOfTheFilmWillGet() {
    Path video = SampleFile.make(FILM, folder.resolve("film.mp4"));
    Preview bySecond = Preview.of(video, recipe("{ match: 2, prompt: night }"));
    assertThat(bySecond.pictures()).hasSize(FILM.cuts().size() + 1).extracting(still -> still.recipe().prompt())
        .startsWith(Optional.of("day"), Optional.of("night"), Optional.of("day"));

    // the film's shots begin halfway through a dissolve, not behind it
    var dissolve = FILM.cuts().get(2);
    double middle = (dissolve.start() + dissolve.end()) / 2.0 / RATE;
    assertThat(dissolve.end() - dissolve.start()).isGreaterThanOrEqualTo(12);
    Preview byTime = Preview.of(video, recipe(String.format(Locale.ROOT, "{ match: %.3fs-%.3fs, prompt: night }", middle - 0.1, middle + 0.1)));
    assertThat(byTime.pictures()).filteredOn(still -> still.recipe().prompt().equals(Optional.of("night"))).hasSize(1)
        .containsExactly(byTime.pictures().get(3));
  }
}
