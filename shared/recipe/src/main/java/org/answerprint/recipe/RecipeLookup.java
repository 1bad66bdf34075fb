package org.answerprint.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the recipe of an upload lies. The nearest one wins whole; recipes are never mixed. */
public final class RecipeLookup {

  private static final String NAME = "recipe.yaml";
  private static final String SUFFIX = "." + NAME;

  private RecipeLookup() {}

  /**
   * The keys to look at for an upload, nearest first: {@code <key>.recipe.yaml}, then {@code recipe.yaml} under each
   * prefix up to the root of the bucket.
   */
  public static List<String> candidates(String key) {
    List<String> candidates = new ArrayList<>();
    candidates.add(key + SUFFIX);
    for (int slash = key.lastIndexOf('/'); slash >= 0; slash = slash == 0 ? -1 : key.lastIndexOf('/', slash - 1)) {
      candidates.add(key.substring(0, slash + 1) + NAME);
    }
    candidates.add(NAME);
    return List.copyOf(candidates);
  }

  /**
   * The nearest recipe, or nothing, which means {@link Recipe#DEFAULT}.
   *
   * @param at what lies at a key, or nothing where there is no such object; asked in order until one is found
   */
  public static <T> Optional<T> nearest(String key, Function<String, Optional<T>> at) {
    return candidates(key).stream().flatMap(candidate -> at.apply(candidate).stream()).findFirst();
  }

  /** Whether an object of this key is a recipe and no video. */
  public static boolean isRecipe(String key) {
    return key.equals(NAME) || key.endsWith("/" + NAME) || key.endsWith(SUFFIX);
  }

  /** The video beside which this recipe lies, which runs again when the recipe lands; none for a prefix's recipe. */
  public static Optional<String> videoOf(String recipeKey) {
    String name = recipeKey.substring(recipeKey.lastIndexOf('/') + 1);
    return Optional.of(recipeKey)
        .filter(key -> name.length() > SUFFIX.length() && name.endsWith(SUFFIX))
        .map(key -> key.substring(0, key.length() - SUFFIX.length()));
  }
}
