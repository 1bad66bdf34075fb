package org.answerprint.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The scores of an evaluation as they come in, and how far it is. Thread-safe. */
final class Run {

  /** What the variants of one edit share, made when the first of them is run. */
  record Turn(Sitting sitting, Function<Edited, Score> judge) {}

  private final Scores scores;
  private final int total;
  private final Progress progress;
  private int done;
  private int found;

  /**
   * @param variants rows of the table
   * @param total edits of all variants together
   */
  Run(List<Variant> variants, int total, Progress progress) {
    this.scores = new Scores(variants);
    this.total = total;
    this.progress = progress;
  }

  Scores scores() {
    return scores;
  }

  /** One edit by each of the variants, but for those that are kept. */
  void edit(Shelf shelf, String edit, List<Variant> variants, Supplier<Turn> prepared) {
    Optional<Turn> turn = Optional.empty();
    for (Variant variant : variants) {
      Optional<Score> kept = shelf.find(variant, edit);
      if (kept.isPresent()) {
        put(variant, kept.get(), true);
        continue;
      }
      turn = Optional.of(turn.orElseGet(prepared));
      Edited edited = Editing.run(variant.editor(), turn.get().sitting());
      Score score = turn.get().judge().apply(edited);
      shelf.keep(variant, score, edited.frames());
      put(variant, score, false);
    }
  }

  private synchronized void put(Variant variant, Score score, boolean wasFound) {
    scores.put(variant, score);
    done++;
    found += wasFound ? 1 : 0;
    progress.edited(done, total, found);
  }
}
