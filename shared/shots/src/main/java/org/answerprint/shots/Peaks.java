package org.answerprint.shots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Candidates that no neighbour exceeds. */
final class Peaks {

  private final int reach;
  private final List<GradualChanges.Candidate> window = new ArrayList<>();

  /** @param reach how many candidates to each side are neighbours */
  Peaks(int reach) {
    this.reach = reach;
    for (int i = 0; i < reach; i++) {
      window.add(GradualChanges.Candidate.NONE);
    }
  }

  /** Takes the next candidate; yields the one {@code reach} before it where that is a peak. */
  Optional<GradualChanges.Candidate> add(GradualChanges.Candidate candidate) {
    window.add(candidate);
    if (window.size() <= 2 * reach) {
      return Optional.empty();
    }
    GradualChanges.Candidate middle = window.get(reach);
    boolean highest = middle.frame() >= 0 && window.stream().noneMatch(other -> other.score() > middle.score());
    window.removeFirst();
    return highest ? Optional.of(middle) : Optional.empty();
  }

  /** The peaks among the last candidates, when no other follows. */
  List<GradualChanges.Candidate> rest() {
    List<GradualChanges.Candidate> peaks = new ArrayList<>();
    for (int i = 0; i < reach; i++) {
      add(GradualChanges.Candidate.NONE).ifPresent(peaks::add);
    }
    return peaks;
  }
}
