package org.answerprint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.answerprint.events.TaskKey;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.FileDigest;
import org.answerprint.stage.RecipeModels;

/**
 * Where an edit from the command line lands: the same video under the same recipe with the same models has the same place, and so the
 * same job.
 *
 * @param name the video's
 * @param parts what the place is made of
 * @param attempt from 0
 */
record EditKey(String name, List<String> parts, int attempt) {

  private static final int HASH_SHOWN = 12;

  EditKey {
    parts = List.copyOf(parts);
  }

  /** @param models that the recipe names, as they are now */
  static EditKey of(Path video, Recipe landed, RecipeModels models) {
    List<String> parts = new ArrayList<>(List.of(FileDigest.sha256(video), landed.canonical()));
    parts.addAll(models.digests().values());
    return new EditKey(video.getFileName().toString(), parts, 0);
  }

  /** This place, or the first of those after it of which that is not true. */
  EditKey unless(Predicate<EditKey> taken) {
    EditKey key = this;
    while (taken.test(key)) {
      key = new EditKey(name, parts, key.attempt + 1);
    }
    return key;
  }

  /** The video's key. */
  String video() {
    return folder() + name;
  }

  /** Below it lies a preview. */
  String preview() {
    return folder() + "preview/";
  }

  private String folder() {
    List<String> all = new ArrayList<>(parts);
    if (attempt > 0) {
      all.add(Integer.toString(attempt));
    }
    return "edit/" + TaskKey.hashOf(all).value().substring(0, HASH_SHOWN) + "/";
  }
}
