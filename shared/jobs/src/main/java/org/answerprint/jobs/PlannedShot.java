package org.answerprint.jobs;

import java.util.List;
import java.util.Objects;
import org.answerprint.shots.Cut;

/**
 * One shot of the film, with the work on it. Shots tile the film: each ends where the next one starts.
 *
 * @param number from 1
 * @param source index into the order's sources
 * @param cut how it begins
 * @param firstFrame number of its first frame in the edited film, from 0
 * @param frames how many
 * @param start first tick, in the edited film's time base
 * @param end tick behind its last frame
 * @param filmStart first tick of the whole film
 * @param head frames at its start that the transition before it replaces
 * @param join how it passes into the next shot
 * @param edits what makes its take, piece by piece
 * @param fallbacks what does where an edit fails
 */
public record PlannedShot(
    int number,
    int source,
    Cut cut,
    long firstFrame,
    int frames,
    long start,
    long end,
    long filmStart,
    int head,
    JoinSpec join,
    List<EditTask> edits,
    List<EditTask> fallbacks) {

  public PlannedShot {
    Objects.requireNonNull(cut, "cut");
    Objects.requireNonNull(join, "join");
    edits = List.copyOf(edits);
    fallbacks = List.copyOf(fallbacks);
  }
}
