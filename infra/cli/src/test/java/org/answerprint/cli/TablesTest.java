package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Overrides;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.storage.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {

  @TempDir
  private Path folder;

  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());

  private Recipe recipe(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("recipe.yaml"), text);
    return new RecipeFile(Optional.of(file)).with(Overrides.NONE);
  }

  private Recipe land(Recipe recipe) {
    return new Tables(store, "in", Optional.of(folder), "the recipe").land(recipe);
  }

  @Test
  void uploadsTheTableBesideTheRecipeUnderItsName() throws IOException {
    Files.writeString(folder.resolve("a.cube"), Looks.WARM.cube());
    Recipe recipe = recipe("method: look\noptions: { lut: a.cube }\n");
    assertThat(land(recipe)).isEqualTo(recipe);
    assertThat(store.get("in", "a.cube", 1 << 20)).contains(Looks.WARM.cube().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTableThatDiffersFromTheBucketsGoesUnderANameOfItsOwnEverywhereInTheRecipe() throws IOException {
    store.put("in", "a.cube", new byte[3], "text/plain");
    Files.writeString(folder.resolve("a.cube"), Looks.WARM.cube());
    Recipe landed = land(recipe("method: look\noptions: { lut: a.cube }\nshots:\n  - { match: 2, method: look, options: { lut: a.cube } }\n"));
    String name = landed.options().text("lut").orElseThrow();
    assertThat(name).startsWith("edit/tables/").endsWith("/a.cube");
    assertThat(landed.shots().getFirst().changes().options().orElseThrow().text("lut")).contains(name);
    assertThat(store.get("in", name, 1 << 20)).contains(Looks.WARM.cube().getBytes(StandardCharsets.UTF_8));
    assertThat(store.get("in", "a.cube", 10)).contains(new byte[3]);
  }

  @Test
  void takesTheBucketsTableWhereThereIsNoFile() throws IOException {
    store.put("in", "looks/a.cube", new byte[3], "text/plain");
    Recipe recipe = recipe("method: look\noptions: { lut: looks/a.cube }\n");
    assertThat(land(recipe)).isEqualTo(recipe);
  }

  @Test
  void refusesATableThatIsNowhere() throws IOException {
    Recipe recipe = recipe("method: look\noptions: { lut: looks/a.cube }\n");
    assertThatThrownBy(() -> land(recipe)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("looks/a.cube").hasMessageContaining("neither a file").hasMessageContaining("nor in bucket in");
  }

  @Test
  void refusesAStory() {
    assertThatThrownBy(() -> recipe("story:\n  - { key: a.mp4 }\n  - { key: b.mp4 }\n"))
        .isInstanceOf(RequestFault.class).hasMessageContaining("is a story");
  }

  @Test
  void theCanonicalTextOfARecipeIsARecipe() throws IOException {
    Recipe recipe = recipe(Seeds.text("demo.recipe.yaml"));
    assertThat(RecipeReader.read(recipe.canonical(), "canonical", Methods.catalogue())).isEqualTo(new Parsed.Valid(recipe));
  }

  @Test
  void theSeededRecipeIsValidAndNamesASeededLook() throws IOException {
    Recipe recipe = recipe(Seeds.text("recipe.yaml"));
    Seeds.looks(store, "in");
    assertThat(store.head("in", recipe.options().text("lut").orElseThrow())).isPresent();
  }

  @Test
  void looksAreWholeTablesThatKeepBlackBlack() {
    for (Looks look : Looks.values()) {
      assertThat(look.cube().lines().filter(line -> line.matches("[0-9. ]+"))).hasSize(17 * 17 * 17)
          .first().isEqualTo("0.00000 0.00000 0.00000");
    }
  }
}
