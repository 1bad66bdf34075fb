package org.answerprint.recipe;

import java.util.Objects;

/**
 * One thing that is wrong with a recipe.
 *
 * @param path where, such as {@code shots[1].match}; entries count from 0 as in every JSON path
 * @param found what is there
 * @param allowed what may be there
 */
public record Problem(String path, String found, String allowed) {

  public Problem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(allowed, "allowed");
  }

  /** One sentence for a person; {@code where} names the file. */
  public String sentence(String where) {
    return where + ": " + path + " is " + found + "; allowed: " + allowed + ".";
  }
}
