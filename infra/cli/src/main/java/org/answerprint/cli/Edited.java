package org.answerprint.cli;

import java.time.Duration;
import java.util.Optional;
import org.answerprint.events.EndState;

/**
 * What {@code edit --json} prints.
 *
 * @param job its id
 * @param state final, failed, cancelled or rejected
 * @param reason why there is no film
 * @param film the edited video on this machine
 * @param report beside it
 * @param contactSheet beside it
 * @param shots how many it has
 * @param fallbacks how many of them show their source because their edit failed
 * @param seconds from the command's start
 */
record Edited(
    String job, String state, Optional<String> reason, Optional<String> film, Optional<String> report,
    Optional<String> contactSheet, int shots, long fallbacks, double seconds) {

  static Edited of(JobView view, Results results, Duration took) {
    Optional<Results> made = Optional.of(results).filter(r -> view.end().filter(end -> end.state() == EndState.FINAL).isPresent());
    return new Edited(view.job().id().value(), view.state(), view.end().flatMap(end -> end.reason()),
        made.map(r -> r.film().toString()), made.map(r -> r.report().toString()), made.map(r -> r.contactSheet().toString()),
        view.shots().size(), view.shots().stream().filter(shot -> shot.state() == TaskState.FALLBACK).count(),
        took.toMillis() / 1000.0);
  }
}
