package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.stage.RecipeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditKeyTest {

  private static final Recipe RECIPE = RecipeReader.read("{ method: none }", "r.yaml", Methods.catalogue()).orThrow();

  @TempDir
  private Path folder;

  private EditKey key(Map<String, String> digests) throws IOException {
    return EditKey.of(Files.writeString(folder.resolve("a.mp4"), "film"), RECIPE, new RecipeModels(new TreeMap<>(digests), Map.of()));
  }

  @Test
  void theSameEditHasTheSamePlace() throws IOException {
    assertThat(key(Map.of("m", "1"))).isEqualTo(key(Map.of("m", "1")));
    assertThat(key(Map.of()).video()).matches("edit/[0-9a-f]{12}/a\\.mp4");
    assertThat(key(Map.of()).video()).startsWith(key(Map.of()).preview().replace("preview/", ""));
  }

  @Test
  void anotherModelUnderTheSameNameMakesAnotherEdit() throws IOException {
    assertThat(key(Map.of("m", "1")).video()).isNotEqualTo(key(Map.of("m", "2")).video());
  }

  @Test
  void aPlaceThatIsTakenGivesWayToTheNext() throws IOException {
    EditKey first = key(Map.of());
    assertThat(first.unless(_ -> false)).isEqualTo(first);
    EditKey third = first.unless(key -> key.attempt() < 2);
    assertThat(third.attempt()).isEqualTo(2);
    assertThat(third.video()).isNotEqualTo(first.video()).endsWith("/a.mp4");
  }
}
