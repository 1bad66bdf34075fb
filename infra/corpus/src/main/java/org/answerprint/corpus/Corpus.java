package org.answerprint.corpus;

import java.util.ArrayList;
import java.util.List;

/** All specimens. The same bait gives the same bytes. */
public final class Corpus {

  private Corpus() {
  }

  /** Makes the corpus: some two hundred files, some tens of mebibytes in all, names without repetition. */
  public static List<Specimen> all(Bait bait) {
    List<Specimen> all = new ArrayList<>();
    all.addAll(TextSpecimens.all(bait));
    all.addAll(Mp4Specimens.all(bait));
    all.addAll(MatroskaSpecimens.all());
    all.addAll(OtherSpecimens.all());
    return all;
  }

  /** A film of thirty pictures of 160x120 that means no harm, to be landed under odd names. */
  public static byte[] honest() {
    return Materials.film(false);
  }
}
