package org.answerprint.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.Problem;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeLookup;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.storage.ObjectStore;
import org.answerprint.uploads.UploadKey;

/** Finds the recipe of an upload: the nearest one wins whole. */
final class RecipeFinder {

  private static final int RECIPE_BYTES = 64 << 10;

  private final ObjectStore store;
  private final String bucket;

  RecipeFinder(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /**
   * A recipe as found.
   *
   * @param key where, or empty for the default recipe
   * @param text as it stands; of one that is too long to be read, its ETag
   * @param parsed what it says
   */
  record Found(Optional<String> key, String text, Parsed parsed) {}

  /** The recipe for an upload, or the default one. */
  Found of(String uploadKey) {
    return RecipeLookup.nearest(uploadKey, this::at).orElseGet(() -> new Found(Optional.empty(), "", new Parsed.Valid(Recipe.DEFAULT)));
  }

  /** The recipe in this object, where it exists. */
  Optional<Found> at(String recipeKey) {
    // a store answers names that no object can have with an error
    return recipeKey.getBytes(StandardCharsets.UTF_8).length > UploadKey.MOST_BYTES ? Optional.empty()
        : store.head(bucket, recipeKey).flatMap(info -> info.size() > RECIPE_BYTES ? Optional.of(tooLong(info)) : read(recipeKey));
  }

  private static Found parse(String key, String text) {
    return new Found(Optional.of(key), text, RecipeReader.read(text, key, Methods.catalogue()));
  }

  private static Found tooLong(ObjectInfo info) {
    Problem problem = new Problem("the file", info.size() + " bytes long", "at most " + RECIPE_BYTES + " bytes, so list fewer shots");
    return new Found(Optional.of(info.key()), info.tag(), new Parsed.Invalid(info.key(), List.of(problem)));
  }

  private Optional<Found> read(String key) {
    return store.get(bucket, key, RECIPE_BYTES).map(bytes -> parse(key, new String(bytes, StandardCharsets.UTF_8)));
  }
}
