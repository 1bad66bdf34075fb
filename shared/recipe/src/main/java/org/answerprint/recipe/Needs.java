package org.answerprint.recipe;

import java.util.ArrayList;
import java.util.List;

/** What the chosen methods cannot do without: prompts and models, wherever they are given. */
final class Needs {

  private final MethodCatalogue methods;
  private final Problems problems;

  Needs(MethodCatalogue methods, Problems problems) {
    this.methods = methods;
    this.problems = problems;
  }

  /** Checks what holds for every shot, or every item of a story, and then each entry on top of all of those. */
  void check(Recipe recipe) {
    List<ShotRecipe> grounds = new ArrayList<>();
    if (recipe.isStory()) {
      recipe.story().forEach(item -> grounds.add(recipe.base().with(item.changes())));
    } else {
      grounds.add(recipe.base());
    }
    for (int i = 0; i < grounds.size(); i++) {
      check(List.of(grounds.get(i)), recipe.isStory() ? "story[" + i + "]." : "");
    }
    for (int i = 0; i < recipe.shots().size(); i++) {
      Changes changes = recipe.shots().get(i).changes();
      if (changes.method().isPresent()) {
        check(grounds.stream().map(ground -> ground.with(changes)).toList(), "shots[" + i + "].");
      }
    }
  }

  private void check(List<ShotRecipe> shots, String path) {
    String method = shots.get(0).method();
    methods.method(method).ifPresent(rules -> {
      require(!rules.needsPrompt() || shots.stream().allMatch(shot -> shot.prompt().isPresent()),
          path + "prompt", method);
      require(!rules.needsModel() || rules.defaultModel().isPresent() || shots.stream().allMatch(shot -> shot.model().isPresent()),
          path + "model", method);
    });
  }

  private void require(boolean holds, String path, String method) {
    if (!holds) {
      problems.add(path, "missing", "text, which the method " + method + " needs");
    }
  }
}
