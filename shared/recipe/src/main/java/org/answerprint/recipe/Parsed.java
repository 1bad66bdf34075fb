package org.answerprint.recipe;

import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;

/** What reading a recipe gives. */
public sealed interface Parsed {

  /** The recipe, or a {@link RequestFault} that lists every problem, one sentence to a line. */
  Recipe orThrow();

  /** The recipe is valid. */
  record Valid(Recipe recipe) implements Parsed {

    @Override
    public Recipe orThrow() {
      return recipe;
    }
  }

  /**
   * The recipe is wrong.
   *
   * @param where names the file
   * @param problems at least one, in the order in which they were found
   */
  record Invalid(String where, List<Problem> problems) implements Parsed {

    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid recipe has at least one problem");
      }
    }

    /** Every problem, one sentence to a line. */
    public String message() {
      return problems.stream().map(problem -> problem.sentence(where)).collect(Collectors.joining("\n"));
    }

    @Override
    public Recipe orThrow() {
      throw new RequestFault(message());
    }
  }
}
