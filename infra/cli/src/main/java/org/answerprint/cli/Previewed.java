package org.answerprint.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code edit --preview --json} prints.
 *
 * @param job its id
 * @param state final, failed, cancelled or rejected
 * @param reason why there is no preview
 * @param preview the contact sheet on this machine
 * @param shots how many it shows
 * @param seconds from the command's start
 */
record Previewed(String job, String state, Optional<String> reason, Optional<String> preview, int shots, double seconds) {

  static Previewed of(JobView view, Optional<Path> sheet, Duration took) {
    return new Previewed(view.job().id().value(), view.state(), view.end().flatMap(end -> end.reason()), sheet.map(Path::toString),
        view.shots().size(), took.toMillis() / 1000.0);
  }
}
