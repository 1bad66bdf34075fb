package org.answerprint.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;

/**
 * Votes of one person on the pairs of a study, as the page gives them out: {@code {"study": id, "votes": [{"pair": 1, "question":
 * "quality", "choice": "left"}]}}.
 *
 * @param study that they belong to
 * @param votes of which nobody is asked for all
 */
record Votes(Study study, List<Vote> votes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What can be answered. */
  enum Choice {
    LEFT("left", "left"), RIGHT("right", "right"), NONE("none", "none acceptable");

    private final String key;
    private final String words;

    Choice(String key, String words) {
      this.key = key;
      this.words = words;
    }

    String key() {
      return key;
    }

    String words() {
      return words;
    }

    private static Optional<Choice> of(String key) {
      return List.of(values()).stream().filter(choice -> choice.key.equals(key)).findFirst();
    }
  }

  /** One answer. */
  record Vote(Pair pair, Question question, Choice choice) {

    /** The variant that was preferred; empty where none was acceptable. */
    Optional<String> preferred() {
      return switch (choice) {
        case LEFT -> Optional.of(pair.left());
        case RIGHT -> Optional.of(pair.right());
        case NONE -> Optional.empty();
      };
    }
  }

  Votes {
    votes = List.copyOf(votes);
  }

  /** @throws RequestFault where the file is none of votes, or of a study that this shelf knows nothing of */
  static Votes read(Path file, Shelf shelf) {
    JsonNode all = json(file);
    Path key = Study.key(shelf, name(all, file));
    if (!Files.isRegularFile(key)) {
      throw new RequestFault("the votes in %s belong to study %s, which is not one of this model and protocol".formatted(file, name(all, file)));
    }
    Study study = study(key);
    List<Vote> votes = new ArrayList<>();
    for (JsonNode vote : all.path("votes")) {
      votes.add(vote(vote, study, file));
    }
    return new Votes(study, votes);
  }

  private static String name(JsonNode all, Path file) {
    String name = all.path("study").asText();
    if (!name.matches("[0-9a-f-]{36}")) {
      throw new RequestFault("%s names no study; give a file that a study's page has saved".formatted(file));
    }
    return name;
  }

  private static Vote vote(JsonNode vote, Study study, Path file) {
    Optional<Pair> pair = study.pairs().stream().filter(p -> p.number() == vote.path("pair").asInt()).findFirst();
    Optional<Question> question = List.of(Question.values()).stream().filter(q -> q.key().equals(vote.path("question").asText())).findFirst();
    Optional<Choice> choice = Choice.of(vote.path("choice").asText());
    if (pair.isEmpty() || question.isEmpty() || choice.isEmpty()) {
      throw new RequestFault("the vote %s in %s answers nothing that study %s asks".formatted(vote, file, study.id()));
    }
    return new Vote(pair.get(), question.get(), choice.get());
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new RequestFault("%s cannot be read as JSON; give a file that a study's page has saved".formatted(file), e);
    }
  }

  private static Study study(Path key) {
    try {
      return JSON.readValue(key.toFile(), Study.class);
    } catch (IOException e) {
      throw new RequestFault("the study's key %s is damaged; write the study again".formatted(key), e);
    }
  }
}
