package org.answerprint.ingest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Changes;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.stage.ModelShelf;

/** Checks the models that a recipe names, before any work, and pins their digests. */
final class Models {

  private final ModelShelf shelf;

  Models(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /**
   * The digest of every model that the recipe can come to need.
   *
   * @throws org.answerprint.faults.RequestFault where one is nowhere, or is not for the method that is to work with it
   */
  SortedMap<String, String> resolve(Recipe recipe) {
    List<ShotRecipe> shots = Stream.concat(Stream.of(recipe.base()), changes(recipe).map(recipe.base()::with)).toList();
    SortedMap<String, String> digests = new TreeMap<>();
    for (ShotRecipe shot : shots) {
      EditMethod method = Methods.byName(shot.method());
      method.model(shot).ifPresent(name -> {
        ModelShelf.Found found = shelf.find(name);
        method.requireModel(shot, found.manifest());
        digests.put(name, found.digest());
      });
    }
    return digests;
  }

  private static Stream<Changes> changes(Recipe recipe) {
    return Stream.concat(recipe.shots().stream().map(s -> s.changes()), recipe.story().stream().map(s -> s.changes()));
  }
}
