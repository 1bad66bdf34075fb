package org.answerprint.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the corpus to a folder, beside a table {@code outcomes.tsv} of file name, expected outcome and what is attacked.
 * Arguments: the folder, and what the files that point elsewhere point at: a file and an http address.
 */
public final class CorpusMain {

  private CorpusMain() {
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("give a folder to write to, a file to point at, and an http address to point at");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    List<String> table = new ArrayList<>();
    for (Specimen specimen : Corpus.all(new Bait(Path.of(arguments[1]), arguments[2]))) {
      Files.write(folder.resolve(specimen.name()), specimen.bytes());
      table.add(String.join("\t", specimen.name(), describe(specimen.outcome()), specimen.attacks()));
    }
    Files.write(folder.resolve("outcomes.tsv"), table);
    System.out.println(table.size() + " files in " + folder);
  }

  private static String describe(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Edited e -> "edited: " + (e.fewest() == e.most() ? "" : e.fewest() + " to ") + e.most() + " frames of " + e.width() + "x"
          + e.height() + (e.sound() ? ", with sound" : ", without sound");
      case Outcome.Rejected rejected -> "rejected";
      case Outcome.Either either -> "edited or rejected";
    };
  }
}
