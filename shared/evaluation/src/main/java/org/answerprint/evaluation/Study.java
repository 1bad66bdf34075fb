package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;

/**
 * A page that shows the headline variant beside others, blind: who looks at it does not know which side is which, nor can find out
 * from its files. The key stays beside the edits.
 *
 * @param id names the study; votes carry it
 * @param pairs what is shown, in the page's order
 */
record Study(String id, List<Pair> pairs) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RIVALS = List.of(Variant.PER_FRAME, Variant.SDEDIT_MIDDLE, Variant.KEY_FRAME);
  private static final List<String> SHOWN = List.of(Variant.SOURCE, Variant.HEADLINE);
  private static final int EDITS_EACH = 8;
  private static final int SHOWN_HEIGHT = 192;

  Study {
    pairs = List.copyOf(pairs);
  }

  /**
   * Draws pairs from the edits that are kept with their source; rivals that are kept take turns, and sides are drawn.
   *
   * @param seed of the drawing
   * @throws RequestFault where nothing is kept that could be shown
   */
  static Study of(Shelf shelf, List<EditCase> edits, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Pair> pairs = new ArrayList<>();
    List<EditCase> kept = new ArrayList<>(edits.stream().filter(edit -> SHOWN.stream().allMatch(row -> has(shelf, row, edit))).toList());
    Collections.shuffle(kept, random);
    for (EditCase edit : kept) {
      RIVALS.stream().filter(rival -> has(shelf, rival, edit) && shown(pairs, rival) < EDITS_EACH)
          .min(Comparator.comparingLong(rival -> shown(pairs, rival))).ifPresent(rival -> {
            boolean left = random.nextBoolean();
            pairs.add(new Pair(pairs.size() + 1, edit.name(), left ? Variant.HEADLINE : rival, left ? rival : Variant.HEADLINE));
          });
    }
    if (pairs.isEmpty()) {
      throw new RequestFault("there is nothing to show side by side; run the rows %s and one of %s first".formatted(
          String.join(", ", SHOWN), String.join(", ", RIVALS)));
    }
    String name = pairs.toString() + seed;
    return new Study(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(), pairs);
  }

  private static boolean has(Shelf shelf, String row, EditCase edit) {
    return shelf.has(Variant.named(row), edit.name());
  }

  private static long shown(List<Pair> pairs, String rival) {
    return pairs.stream().filter(pair -> pair.rival().equals(rival)).count();
  }

  /** Writes the page, {@code index.html} with its pictures, and keeps the key on the shelf. */
  void write(Path folder, Shelf shelf, List<EditCase> edits) {
    try {
      Files.createDirectories(folder);
      StringBuilder shown = new StringBuilder();
      for (Pair pair : pairs) {
        EditCase edit = edits.stream().filter(e -> e.name().equals(pair.edit())).findFirst().orElseThrow();
        copy(shelf.pictures(Variant.named(Variant.SOURCE), edit.name()), folder.resolve(pair.number() + "-source.png"));
        copy(shelf.pictures(Variant.named(pair.left()), edit.name()), folder.resolve(pair.number() + "-left.png"));
        copy(shelf.pictures(Variant.named(pair.right()), edit.name()), folder.resolve(pair.number() + "-right.png"));
        shown.append(section(pair, edit));
      }
      Files.writeString(folder.resolve("index.html"), template().replace("{{study}}", id).replace("{{pairs}}", shown));
      JSON.writeValue(key(shelf, id).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("the study cannot be written to " + folder, e);
    }
  }

  /** The key of a study, where edits of this shelf were shown. */
  static Path key(Shelf shelf, String id) {
    return shelf.folder().resolve("study-" + id + ".json");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String section(Pair pair, EditCase edit) {
    String clips = List.of("source", "left", "right").stream().map(which -> """
        <figure><div class="clip" data-frames="%d" data-height="%d" style="background-image:url(%d-%s.png)"></div><figcaption>%s</figcaption></figure>
        """.formatted(edit.frames(), SHOWN_HEIGHT, pair.number(), which, which)).collect(Collectors.joining());
    String questions = Arrays.stream(Question.values()).map(question -> """
        <fieldset><legend>%s</legend>%s</fieldset>
        """.formatted(question.words(), choices(pair, question))).collect(Collectors.joining());
    return """
        <section><h2>%d. %s</h2><div class="clips">%s</div>%s</section>
        """.formatted(pair.number(), edit.wanted().stillCaption(), clips, questions);
  }

  private static String choices(Pair pair, Question question) {
    return Arrays.stream(Votes.Choice.values()).map(choice -> """
        <label><input type="radio" name="%d.%s" value="%s">%s</label>""".formatted(
            pair.number(), question.key(), choice.key(), choice.words())).collect(Collectors.joining());
  }

  private static String template() throws IOException {
    try (InputStream in = Study.class.getResourceAsStream("study.html")) {
      if (in == null) {
        throw new InternalFault("The page study.html is not beside this class.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
