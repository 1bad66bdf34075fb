package org.answerprint.stage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.Methods;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;

/**
 * The models that a recipe names, checked before any work.
 *
 * @param digests of the bundles, by name
 * @param work of their networks, by name
 */
public record RecipeModels(SortedMap<String, String> digests, Map<String, ImageModelWork> work) {

  public RecipeModels {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    work = Map.copyOf(work);
  }

  /**
   * Looks up every model that the recipe can come to need.
   *
   * @throws org.answerprint.faults.RequestFault where one is nowhere, or is not for the method that is to work with it
   */
  public static RecipeModels of(Recipe recipe, ModelShelf shelf) {
    List<ShotRecipe> shots = Stream.concat(Stream.of(recipe.base()), recipe.changes().map(recipe.base()::with)).toList();
    SortedMap<String, ModelShelf.Found> found = new TreeMap<>();
    for (ShotRecipe shot : shots) {
      EditMethod method = Methods.byName(shot.method());
      method.model(shot).ifPresent(name ->
          method.requireModel(shot, found.computeIfAbsent(name, shelf::find).manifest()));
    }
    SortedMap<String, String> digests = new TreeMap<>();
    SortedMap<String, ImageModelWork> work = new TreeMap<>();
    found.forEach((name, model) -> {
      digests.put(name, model.digest());
      work.put(name, ImageModelWork.of(model.components()));
    });
    return new RecipeModels(digests, work);
  }
}
