package org.answerprint.recipe;

import java.util.ArrayList;
import java.util.List;

/** Collects problems while reading; a hostile file cannot make it grow without bound. */
final class Problems {

  private static final int MOST = 100;

  private final List<Problem> found = new ArrayList<>();

  void add(String path, String what, String allowed) {
    add(new Problem(path, what, allowed));
  }

  void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
