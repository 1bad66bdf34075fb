package org.answerprint.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeLookupTest {

  @Test
  void looksBesideTheVideoAndThenUpThePrefix() {
    assertThat(RecipeLookup.candidates("a/b/c.mp4")).containsExactly(
        "a/b/c.mp4.recipe.yaml", "a/b/recipe.yaml", "a/recipe.yaml", "recipe.yaml");
    assertThat(RecipeLookup.candidates("c.mp4")).containsExactly("c.mp4.recipe.yaml", "recipe.yaml");
    assertThat(RecipeLookup.candidates("/a//c.mp4")).containsExactly(
        "/a//c.mp4.recipe.yaml", "/a//recipe.yaml", "/a/recipe.yaml", "/recipe.yaml", "recipe.yaml");
  }

  @Test
  void theNearestWinsWhole() {
    Map<String, String> bucket = Map.of("recipe.yaml", "root", "a/recipe.yaml", "near", "x/recipe.yaml", "elsewhere");

    assertThat(RecipeLookup.nearest("a/b/c.mp4", key -> Optional.ofNullable(bucket.get(key)))).contains("near");
    assertThat(RecipeLookup.nearest("a/b/c.mp4", key -> Optional.empty())).isEmpty();
  }

  @Test
  void tellsRecipesFromVideosAndFindsTheVideoOfOne() {
    assertThat(RecipeLookup.isRecipe("recipe.yaml")).isTrue();
    assertThat(RecipeLookup.isRecipe("a/recipe.yaml")).isTrue();
    assertThat(RecipeLookup.isRecipe("a/c.mp4.recipe.yaml")).isTrue();
    assertThat(RecipeLookup.isRecipe("a/myrecipe.yaml")).isFalse();
    assertThat(RecipeLookup.videoOf("a/c.mp4.recipe.yaml")).contains("a/c.mp4");
    assertThat(RecipeLookup.videoOf("a/recipe.yaml")).isEmpty();
    assertThat(RecipeLookup.videoOf("a/.recipe.yaml")).isEmpty();
    assertThat(RecipeLookup.videoOf("a/c.mp4")).isEmpty();
  }
}
