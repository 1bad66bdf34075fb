package org.answerprint.recipe;

import java.util.Optional;

/** Reads recipes. Stateless. */
public final class RecipeReader {

  private RecipeReader() {}

  /** {@link #read(String, String, MethodCatalogue, Overrides)} without flags. */
  public static Parsed read(String yaml, String where, MethodCatalogue methods) {
    return read(yaml, where, methods, Overrides.NONE);
  }

  /**
   * The recipe in this YAML (JSON is YAML too) of at most 64 KiB, with the flags in place of what it says for every
   * shot, or everything that is wrong with it. Empty text is the default recipe.
   *
   * @param where names the file in messages
   * @param methods which methods and transitions may be named
   */
  public static Parsed read(String yaml, String where, MethodCatalogue methods, Overrides overrides) {
    return read(yaml, YamlText.MOST_WRITTEN, where, methods, overrides);
  }

  /** Whether these methods allow a recipe that was put together in code or read earlier. */
  public static Parsed check(Recipe recipe, String where, MethodCatalogue methods) {
    return stored(recipe.canonical(), where, methods);
  }

  static Parsed stored(String canonical, String where, MethodCatalogue methods) {
    return read(canonical, YamlText.MOST_STORED, where, methods, Overrides.NONE);
  }

  private static Parsed read(
      String yaml, int mostBytes, String where, MethodCatalogue methods, Overrides overrides) {
    Problems problems = new Problems();
    Optional<Recipe> recipe = YamlText.parse(yaml, mostBytes, problems)
        .flatMap(document -> new RecipeDocument(methods, overrides, problems).recipe(document));
    return problems.none() && recipe.isPresent()
        ? new Parsed.Valid(recipe.get())
        : new Parsed.Invalid(where, problems.all());
  }
}
