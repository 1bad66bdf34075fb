package org.answerprint.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.report.Receipt;

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
 * @param cost of the workers' seconds, where seconds cost anything
 * @param currency of the cost
 * @param seconds from the command's start
 */
record Edited(
    String job, String state, Optional<String> reason, Optional<String> film, Optional<String> report,
    Optional<String> contactSheet, int shots, long fallbacks,
    Optional<BigDecimal> cost, Optional<String> currency, double seconds) {

  static Edited of(JobView view, Results results, Optional<Receipt> receipt, Duration took) {
    Optional<Results> made = Optional.of(results).filter(r -> view.end().filter(end -> end.state() == EndState.FINAL).isPresent());
    return new Edited(view.job().id().value(), view.state(), view.end().flatMap(end -> end.reason()),
        made.map(r -> r.film().toString()), made.map(r -> r.report().toString()), made.map(r -> r.contactSheet().toString()),
        view.shots().size(), view.shots().stream().filter(shot -> shot.state() == TaskState.FALLBACK).count(),
        receipt.map(Receipt::cost), receipt.map(Receipt::currency), took.toMillis() / 1000.0);
  }
}
