package org.answerprint.recipe;

import java.util.Objects;

/** What changes for some shots; of several entries that match, the later ones win, field by field. */
public record ShotEntry(ShotMatch match, Changes changes) {

  public ShotEntry {
    Objects.requireNonNull(match, "match");
    Objects.requireNonNull(changes, "changes");
  }
}
