package org.answerprint.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Overrides;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;

/** A recipe file with the flags of a command line laid over it. */
final class RecipeFile {

  private static final String FLAGS = "the command line";

  private final Optional<Path> file;

  RecipeFile(Optional<Path> file) {
    this.file = file;
  }

  /** Names the recipe in messages. */
  String where() {
    return file.map(Path::toString).orElse(FLAGS);
  }

  /** The folder that names in the recipe are relative to, if it is a file. */
  Optional<Path> folder() {
    return file.map(f -> Optional.ofNullable(f.toAbsolutePath().getParent()).orElseThrow());
  }

  /**
   * The merged recipe for one video.
   *
   * @throws RequestFault listing everything that is wrong, one sentence to a line
   */
  Recipe with(Overrides flags) {
    Recipe recipe = RecipeReader.read(file.map(RecipeFile::read).orElse(""), where(), Methods.catalogue(), flags).orThrow();
    if (recipe.isStory()) {
      throw new RequestFault(where() + " is a story, and edit takes one video; land the story's videos and then the recipe in the"
          + " bucket of a running ./answerprint up");
    }
    return recipe;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new RequestFault("the recipe " + file + " is not UTF-8 text; save it as that", e);
    } catch (IOException e) {
      throw new RequestFault("the recipe " + file + " cannot be read; check the path", e);
    }
  }
}
