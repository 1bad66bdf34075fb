package org.answerprint.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;

/**
 * A job as it is now, as far as what exists of it tells.
 *
 * @param job what was asked for
 * @param end how it ended
 * @param cancelled whether somebody asked for it to stop
 * @param planned whether every shot is known
 * @param extracting whether finding the shots has begun
 * @param shots known so far, in order
 * @param joins between them, but for plain cuts
 * @param assembling whether joining has begun
 */
record JobView(
    Job job, Optional<End> end, boolean cancelled, boolean planned, boolean extracting, List<ShotView> shots,
    List<JoinView> joins, boolean assembling) {

  JobView {
    shots = List.copyOf(shots);
    joins = List.copyOf(joins);
  }

  /** {@code running}, {@code cancelling}, or how it ended. */
  String state() {
    return end.map(e -> e.state().name().toLowerCase(Locale.ROOT)).orElse(cancelled ? "cancelling" : "running");
  }

  long shotsWhole() {
    return shots.stream().filter(ShotView::whole).count();
  }

  long joinsWhole() {
    return joins.stream().filter(JoinView::whole).count();
  }

  long frames() {
    return shots.stream().mapToLong(ShotView::frames).sum();
  }

  long framesDone() {
    return shots.stream().mapToLong(ShotView::framesDone).sum();
  }

  /** Whether only the joining is left. */
  boolean partsWhole() {
    return planned && shotsWhole() == shots.size() && joinsWhole() == joins.size();
  }
}
